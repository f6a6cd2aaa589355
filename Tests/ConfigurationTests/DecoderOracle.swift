import FoundationEssentials

@testable import Configuration

/// Foundation's reading of a text, to hold ours against.
enum DecoderOracle {
    /// `nil` where the decoder refuses the text. It reads numbers and strings lazily, so one that is no
    /// value shows as `unrepresentable`.
    static func tree(of bytes: [UInt8], allowsUnrepresentable: Bool = false) -> JSON5Tree? {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        guard let tree = try? decoder.decode(JSON5Tree.self, from: Data(bytes + [0x0A])) else {
            return nil
        }
        return allowsUnrepresentable || !holdsUnrepresentable(tree) ? tree : nil
    }

    static func paths(
        of tree: JSON5Tree,
        at path: ConfigurationPath = .root
    ) -> Set<ConfigurationPath> {
        var paths: Set = [path]
        switch tree {
        case .object(let members):
            for (key, value) in members {
                paths.formUnion(Self.paths(of: value, at: path.appending(key)))
            }
        case .list(let elements):
            for (index, value) in elements.enumerated() {
                paths.formUnion(Self.paths(of: value, at: path.appending(index)))
            }
        default: break
        }
        return paths
    }

    private static func holdsUnrepresentable(_ tree: JSON5Tree) -> Bool {
        switch tree {
        case .object(let members): members.values.contains(where: holdsUnrepresentable)
        case .list(let elements): elements.contains(where: holdsUnrepresentable)
        case .unrepresentable: true
        default: false
        }
    }
}
