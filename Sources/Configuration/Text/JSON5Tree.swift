import FoundationEssentials

/// A decoded document. Foundation's decoder makes it; the order of keys is not kept.
indirect enum JSON5Tree: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([JSON5Tree])
    case object([String: JSON5Tree])
    /// A number that no type here can hold.
    case unrepresentable
}

extension JSON5Tree: Decodable {
    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: AnyKey.self) {
            self = try Self.object(from: object)
        } else if let list = try? decoder.unkeyedContainer() {
            self = try Self.list(from: list)
        } else {
            self = try Self.scalar(from: decoder.singleValueContainer())
        }
    }

    private static func object(
        from container: KeyedDecodingContainer<AnyKey>
    ) throws -> JSON5Tree {
        var members: [String: JSON5Tree] = [:]
        for key in container.allKeys {
            members[key.stringValue] = try container.decode(JSON5Tree.self, forKey: key)
        }
        return .object(members)
    }

    private static func list(from container: any UnkeyedDecodingContainer) throws -> JSON5Tree {
        var container = container
        var elements: [JSON5Tree] = []
        while !container.isAtEnd { elements.append(try container.decode(JSON5Tree.self)) }
        return .list(elements)
    }

    private static func scalar(from container: any SingleValueDecodingContainer) -> JSON5Tree {
        if container.decodeNil() { return .null }
        if let flag = try? container.decode(Bool.self) { return .flag(flag) }
        if let integer = try? container.decode(Int.self) { return .integer(integer) }
        if let number = try? container.decode(Double.self) { return .number(number) }
        if let text = try? container.decode(String.self) { return .text(text) }
        return .unrepresentable
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension JSON5Tree {
    /// How a message names the type.
    var typeName: String {
        switch self {
        case .null: "null"
        case .flag: "true or false"
        case .integer, .number, .unrepresentable: "a number"
        case .text: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }

}

extension JSON5Tree {
    /// What stands at a path.
    subscript(path: ConfigurationPath) -> JSON5Tree? {
        path.steps.reduce(Optional(self)) { tree, step in
            switch (step, tree) {
            case (.key(let key), .object(let members)): members[key]
            case (.index(let index), .list(let elements)):
                elements.indices.contains(index) ? elements[index] : nil
            default: nil
            }
        }
    }
}
