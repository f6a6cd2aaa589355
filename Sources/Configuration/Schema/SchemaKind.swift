/// What a value must be.
indirect enum SchemaKind: Sendable {
    case text(TextRule)
    case integer(ClosedRange<Int>)
    /// Above the lower bound, up to the upper.
    case number(ClosedRange<Double>)
    /// From 0 to 1, both included.
    case ratio
    case flag
    case duration(ClosedRange<Duration>)
    case size(ClosedRange<Int>)
    case secret
    /// An object of secrets; which keys it may have depends on the provider.
    case credentials
    case object(SchemaObject)
    case list(SchemaKind, ClosedRange<Int>)

    /// Whether a secret, or what it is referred to by, is all that may stand there.
    var isSecret: Bool {
        switch self {
        case .secret, .credentials: true
        case .text, .integer, .number, .ratio, .flag, .duration, .size, .object, .list: false
        }
    }

    /// For messages: `a duration such as "10s"`.
    var description: String {
        switch self {
        case .text(let rule): rule.noun
        case .integer: "a whole number"
        case .number: "a number"
        case .ratio: "a number from 0 to 1"
        case .flag: "true or false"
        case .duration: "a duration such as \"10s\""
        case .size: "a size such as \"64MiB\""
        case .secret: "a secret: { env: \"NAME\" }, { file: \"PATH\" } or a text"
        case .credentials, .object: "an object"
        case .list: "a list"
        }
    }
}
