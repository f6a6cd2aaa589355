/// Where a value stands in the document: `upstreams[0].rate_limit.requests_per_second`.
public struct ConfigurationPath: Sendable, Hashable {
    private(set) var steps: [Step] = []

    enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The document as a whole.
    public static let root = ConfigurationPath()

    /// A member of the object there.
    public func appending(_ key: String) -> ConfigurationPath {
        appending(.key(key))
    }

    /// An element of the list there.
    public func appending(_ index: Int) -> ConfigurationPath {
        appending(.index(index))
    }

    func appending(_ step: Step) -> ConfigurationPath {
        var path = self
        path.steps.append(step)
        return path
    }

    /// `nil` for the root.
    var parent: ConfigurationPath? {
        guard !steps.isEmpty else { return nil }
        var path = self
        path.steps.removeLast()
        return path
    }
}

extension ConfigurationPath: CustomStringConvertible {
    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += text.isEmpty ? key : ".\(key)"
            case .key(let key): text += "[\(Excerpt.quoted(key))]"
            }
        }
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 60 && key.utf8.allSatisfy(ASCII.isWordByte)
    }
}
