import JSONText

/// `POST /__simulator/images`: rows to add, to remove and to edit, in that order.
struct ImageChange: Sendable {
    enum Rows: Sendable {
        case count(Int)
        case ids([String])
    }

    static let addMax = 1_000_000

    var provider: SimulatedProvider
    var add = 0
    /// A count means the oldest rows.
    var remove = Rows.count(0)
    /// A count means the newest rows.
    var touch = Rows.count(0)

    init(_ body: [UInt8]) throws(ControlError) {
        guard let value = try? JSONValue(parsing: body), case .object(let members) = value else {
            throw ControlError("the content must be a JSON object: provider, add, remove, touch")
        }
        provider = try ControlError.provider(value["provider"]?.stringValue)
        for member in members {
            switch member.key {
            case "provider": break
            case "add": add = try Self.count(member)
            case "remove": remove = try Self.rows(member)
            case "touch": touch = try Self.rows(member)
            default: throw ControlError("unknown member \(member.key)")
            }
        }
    }

    private static func count(_ member: JSONValue.Member) throws(ControlError) -> Int {
        guard let count = member.value.integerValue, (0...addMax).contains(count) else {
            throw ControlError("\(member.key) must be a whole number of 0…\(addMax)")
        }
        return count
    }

    private static func rows(_ member: JSONValue.Member) throws(ControlError) -> Rows {
        guard let elements = member.value.arrayValue else { return .count(try count(member)) }
        let ids = elements.compactMap { $0.stringValue ?? $0.integerValue.map(String.init) }
        guard ids.count == elements.count else {
            throw ControlError("\(member.key) must be a whole number or a list of ids")
        }
        return .ids(ids)
    }
}

/// What a change did.
struct ImageChangeOutcome: Sendable {
    var added: [Int] = []
    var removed: [Int] = []
    var touched: [Int] = []
    /// Ids that name no row.
    var unknown: [String] = []
    var total = 0
}
