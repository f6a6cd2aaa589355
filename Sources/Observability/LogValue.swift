/// What a field of a log record may hold.
public enum LogValue: Sendable, Hashable {
    case string(String)
    case integer(Int)
    case boolean(Bool)
    /// Written in milliseconds, with microseconds behind the point.
    case duration(Duration)
    /// Something secret was here.
    case redacted

    /// A secret never enters a record, whatever it wraps.
    public init<Value>(_: Redacted<Value>) {
        self = .redacted
    }
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension LogValue: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) {
        self = .integer(value)
    }
}

extension LogValue: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension LogValue: CustomStringConvertible {
    /// For people; a duration in milliseconds.
    public var description: String {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .duration(let duration): "\(Int(duration / .milliseconds(1)))"
        case .redacted: "«redacted»"
        }
    }
}
