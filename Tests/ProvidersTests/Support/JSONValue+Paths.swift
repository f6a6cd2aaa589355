import JSONText

/// Steps from the root of a document to a value.
typealias JSONPath = [Int]

extension JSONValue {
    /// Paths of all values below this one, outer ones first.
    var paths: [JSONPath] {
        children.enumerated().flatMap { index, child in
            [[index]] + child.paths.map { [index] + $0 }
        }
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Where the outermost list of objects stands: the page's images.
    var pathOfList: JSONPath? {
        ([[]] + paths).filter { value(at: $0)?.arrayValue?.first?.objectValue != nil }
            .min { $0.count < $1.count }
    }

    func value(at path: JSONPath) -> JSONValue? {
        guard let index = path.first else { return self }
        guard children.indices.contains(index) else { return nil }
        return children[index].value(at: Array(path.dropFirst()))
    }

    func replacing(_ path: ArraySlice<Int>, with value: JSONValue) -> JSONValue {
        guard let index = path.first else { return value }
        switch self {
        case .array(var elements):
            elements[index] = elements[index].replacing(path.dropFirst(), with: value)
            return .array(elements)
        case .object(var members):
            members[index].value = members[index].value.replacing(path.dropFirst(), with: value)
            return .object(members)
        default: return self
        }
    }

    private var children: [JSONValue] {
        switch self {
        case .array(let elements): elements
        case .object(let members): members.map(\.value)
        default: []
        }
    }
}
