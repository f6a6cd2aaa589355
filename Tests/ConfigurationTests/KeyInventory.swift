@testable import Configuration

/// The keys of a schema as paths: `upstreams.breaker.failures`.
enum KeyInventory {
    static func keys(of object: SchemaObject, under prefix: String = "") -> [String] {
        object.keys.flatMap { key in
            let path = prefix.isEmpty ? key.name : "\(prefix).\(key.name)"
            return [path] + (nested(key.kind).map { keys(of: $0, under: path) } ?? [])
        }
    }

    static func withoutIndices(_ path: ConfigurationPath) -> String {
        path.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }.joined(
            separator: "."
        )
    }

    private static func nested(_ kind: SchemaKind) -> SchemaObject? {
        switch kind {
        case .object(let object), .list(.object(let object), _): object
        default: nil
        }
    }
}
