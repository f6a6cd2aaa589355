/// One key of the configuration: the source of its checks, its default, its schema and its example.
struct SchemaKey: Sendable {
    var name: String
    var kind: SchemaKind
    var presence: Presence
    /// Sentences for the example and the JSON Schema.
    var documentation: String
    /// JSON5 text for the example; `nil`: the default, or the object's own keys.
    var example: String?

    enum Presence: Sendable {
        case required
        case optional
        /// What an absent key means.
        case standard(SettledValue)
        /// An absent object means one with all its defaults.
        case filled
    }

    init(
        _ name: String,
        _ kind: SchemaKind,
        _ presence: Presence,
        _ documentation: String,
        example: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.presence = presence
        self.documentation = documentation
        self.example = example
    }

    var isRequired: Bool { if case .required = presence { true } else { false } }

    var standard: SettledValue? { if case .standard(let value) = presence { value } else { nil } }
}

/// The keys that an object may have, in the order of the example.
struct SchemaObject: Sendable {
    var keys: [SchemaKey]
    /// A flag that, when false, makes secrets that cannot be resolved a warning.
    var switchKey: String?
    /// Optional keys of which exactly one must be there; empty: no such rule.
    var choice: [String]

    init(_ keys: [SchemaKey], switchKey: String? = nil, choice: [String] = []) {
        self.keys = keys
        self.switchKey = switchKey
        self.choice = choice
    }

    subscript(name: String) -> SchemaKey? { keys.first { $0.name == name } }

    var names: [String] { keys.map(\.name) }
}
