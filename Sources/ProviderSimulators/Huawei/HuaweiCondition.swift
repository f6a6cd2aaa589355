/// One filter of a list: a member, how it is compared, and with what.
struct HuaweiCondition: Sendable, Hashable {
    enum Comparison: String, Sendable {
        case gt, gte, lt, lte, eq, neq
        case isIn = "in"
    }

    private static let dates: Set<String> = ["created_at", "updated_at"]
    private static let comparableTexts: Set<String> = [
        "name", "id", "status", "container_format", "disk_format",
    ]
    private static let kinds: Set<String> = ["gold", "private", "shared", "market"]
    private static let states: Set<String> = [
        "queued", "saving", "deleted", "killed", "active", "pending_delete",
    ]
    private static let vocabularies: [String: Set<String>] = [
        "visibility": ["public", "private", "shared"], "protected": ["true", "false"],
        "member_status": ["accepted", "rejected", "pending"],
    ]

    private var name: String
    private var comparison = Comparison.eq
    private var value: String
    /// Microseconds since 1970, of a date.
    private var instant: Int64 = 0

    init(_ parameter: Parameter) throws(HuaweiError) {
        (name, value) = (parameter.name, parameter.value)
        if Self.dates.contains(name) {
            try readDate()
        } else if name != "tag", value.contains(":") {
            try readOperator()
        }
        try checkVocabulary()
    }

    private mutating func readDate() throws(HuaweiError) {
        let halves = value.split(separator: ":", maxSplits: 1)
        guard halves.count == 2, let comparison = Comparison(rawValue: String(halves[0])),
            comparison != .isIn, let instant = CalendarText.microseconds(String(halves[1]))
        else { throw .image(400, "0001", "The value of \(name) is not <operator>:<UTC time>.") }
        (self.comparison, self.instant) = (comparison, instant)
    }

    /// A colon in a value is an operator, as in Glance.
    private mutating func readOperator() throws(HuaweiError) {
        let halves = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard Self.comparableTexts.contains(name) else { return }
        guard let comparison = Comparison(rawValue: String(halves[0])) else {
            throw .image(400, "0001", "Unable to filter \(name) by an unknown operator.")
        }
        guard [.eq, .neq, .isIn].contains(comparison) else {
            throw .image(400, "0001", "Unable to filter \(name) by this operator.")
        }
        (self.comparison, value) = (comparison, String(halves[1]))
    }

    private func checkVocabulary() throws(HuaweiError) {
        let values = comparison == .isIn ? value.split(separator: ",").map(String.init) : [value]
        if name == "__imagetype", !Self.kinds.contains(value) {
            throw .image(400, "0024", "The imagetype is invalid.")
        }
        if name == "status", !values.allSatisfy(Self.states.contains) {
            throw .image(400, "0001", "Bad image status.")
        }
        if let words = Self.vocabularies[name], !words.contains(value) {
            throw .image(400, "0001", "The value of \(name) is not supported.")
        }
        if name == "min_ram" || name == "min_disk" {
            guard let number = Int(value), number >= 0 else {
                throw .image(400, "0001", "The value of \(name) is not a number.")
            }
        }
    }

    /// An image without the member matches no question about it.
    func matches(_ image: HuaweiImage) -> Bool {
        switch name {
        case "created_at": return matches(image.created)
        case "updated_at": return matches(image.updated)
        case "tag": return image.hasTag(value)
        default: break
        }
        guard let actual = image.attribute(name) else { return false }
        switch comparison {
        case .neq: return actual != value
        case .isIn: return value.split(separator: ",").contains { $0 == actual }
        default: return actual == value
        }
    }

    private func matches(_ actual: Int64) -> Bool {
        switch comparison {
        case .gt: actual > instant
        case .gte: actual >= instant
        case .lt: actual < instant
        case .lte: actual <= instant
        case .neq: actual != instant
        case .eq, .isIn: actual == instant
        }
    }
}
