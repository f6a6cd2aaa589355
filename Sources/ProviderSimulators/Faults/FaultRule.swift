import JSONText

/// One line of a fault programme: who suffers from what, how often and for how long.
struct FaultRule: Sendable {
    /// `nil`: every provider.
    var provider: SimulatedProvider?
    var fault: Fault
    /// Of the requests that could suffer, this part does.
    var share = 1.0
    /// Requests that pass before the first one suffers.
    var after = 0
    /// Requests that suffer before the fault is over; `nil`: no bound.
    var requests: Int?
    /// Microseconds since 1970; `nil`: until told otherwise.
    var until: Int64?
    var delay: Duration?
    /// An origin, for what leads elsewhere.
    var target = "http://elsewhere.invalid"
    var status = 302
    /// Seconds.
    var retryAfter: String?
    var bytes: Int?
    /// Requests that could have suffered, and those that did.
    private(set) var seen = 0
    private(set) var applied = 0

    private static let members = [
        "provider", "fault", "share", "after", "requests", "for", "delay", "target", "status",
        "retry_after", "bytes",
    ]
    static let bytesMax = 1 << 40
    /// Brackets are made all at once, other bytes as they are sent.
    static let nestingBytesMax = 1 << 24
    static let durationMax = Duration.seconds(365 * 86_400)

    /// `now` is microseconds since 1970.
    init(_ value: JSONValue, now: Int64, _ words: FaultWords) throws(ControlError) {
        guard let members = value.objectValue else {
            throw ControlError("a fault is an object: provider, fault, …")
        }
        try ControlError.checkUnique(members)
        fault = try Self.fault(value["fault"], words)
        if let word = value["provider"]?.stringValue, word != "*" {
            provider = try Self.sufferer(word, fault)
        }
        for member in members { try take(member, now: now, words) }
    }

    private static func fault(
        _ value: JSONValue?,
        _ words: FaultWords
    ) throws(ControlError) -> Fault {
        let name = value?.stringValue ?? ""
        if let fault = Fault(rawValue: name) { return fault }
        guard ["name-fails", "name-hangs"].contains(name) == false else {
            throw ControlError(
                "\(name) is no simulator's doing: give the upstream an endpoint such as "
                    + "http://nobody.invalid, or a name server that does not answer"
            )
        }
        let known = Fault.allCases.map(\.rawValue)
        let hint = words.closest(name, known).map { "; did you mean '\($0)'?" }
        throw ControlError(
            "'\(name)' is no fault" + (hint ?? "; there are \(known.joined(separator: ", "))")
        )
    }

    private static func sufferer(
        _ word: String,
        _ fault: Fault
    ) throws(ControlError) -> SimulatedProvider {
        let provider = try ControlError.provider(word)
        guard !fault.sufferers.contains(provider) else { return provider }
        let others = fault.sufferers.map(\.rawValue).joined(separator: ", ")
        throw ControlError(
            "\(word) cannot suffer from '\(fault.rawValue)'; those who can are \(others)"
        )
    }

    private mutating func take(
        _ member: JSONValue.Member,
        now: Int64,
        _ words: FaultWords
    ) throws(ControlError) {
        let value = member.value
        switch member.key {
        case "fault": break
        case "provider":
            guard value.stringValue != nil else {
                throw Self.wrong("provider", "a provider or '*'")
            }
        case "share": share = try Self.share(value)
        case "after": after = try Self.count(member, 0...1_000_000_000)
        case "requests": requests = try Self.count(member, 1...1_000_000_000)
        case "status": status = try Self.count(member, 300...399)
        case "bytes":
            let most = fault == .deepNesting ? Self.nestingBytesMax : Self.bytesMax
            bytes = try Self.count(member, 1...most)
        case "for":
            let time = Self.microseconds(try Self.duration(member, words))
            guard time > 0 else { throw Self.wrong("for", "longer than 0") }
            until = now + time
        case "delay": delay = try Self.duration(member, words)
        case "retry_after":
            guard let text = value.stringValue ?? value.integerValue.map(String.init) else {
                throw Self.wrong("retry_after", "what the field says: seconds or a text")
            }
            retryAfter = text
        case "target":
            guard let text = value.stringValue, text.hasPrefix("http") || text.hasPrefix("//")
            else {
                throw Self.wrong("target", "an origin such as \"http://127.0.0.1:9999\"")
            }
            target = text
        default:
            let hint = words.closest(member.key, Self.members).map { "; did you mean '\($0)'?" }
            throw ControlError(
                "'\(member.key)' is no member of a fault"
                    + (hint ?? "; there are \(Self.members.joined(separator: ", "))")
            )
        }
    }

    private static func share(_ value: JSONValue) throws(ControlError) -> Double {
        guard case .number(let text) = value, let share = Double(text), share > 0, share <= 1 else {
            throw wrong("share", "a number above 0, up to 1")
        }
        return share
    }

    private static func count(
        _ member: JSONValue.Member,
        _ range: ClosedRange<Int>
    ) throws(ControlError) -> Int {
        guard let count = member.value.integerValue, range.contains(count) else {
            throw wrong(
                member.key,
                "a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return count
    }

    private static func duration(
        _ member: JSONValue.Member,
        _ words: FaultWords
    ) throws(ControlError) -> Duration {
        guard let text = member.value.stringValue, let duration = words.duration(text),
            duration <= durationMax
        else {
            throw wrong(member.key, "a duration with its unit such as \"200ms\", up to 365d")
        }
        return duration
    }

    private static func wrong(_ key: String, _ right: String) -> ControlError {
        ControlError("\(key) must be \(right)")
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000
            + duration.components.attoseconds / 1_000_000_000_000
    }

    // MARK: At work

    func isOver(now: Int64) -> Bool {
        until.map { now >= $0 } ?? false || requests.map { applied >= $0 } ?? false
    }

    func concerns(_ provider: SimulatedProvider) -> Bool {
        self.provider == nil || self.provider == provider
    }

    /// Whether one more request suffers. Follows from the seed and the number of requests before.
    mutating func takes(seed: UInt64, now: Int64) -> Bool {
        guard !isOver(now: now) else { return false }
        defer { seen += 1 }
        guard seen >= after else { return false }
        var draw = Draw(seed: seed, stream: 77, index: seen)
        let unit = Double(draw.next() >> 11) / Double(UInt64(1) << 53)
        guard unit < share else { return false }
        applied += 1
        return true
    }

    func write(to writer: inout JSONWriter, now: Int64) {
        writer.object { writer in
            writer.member("provider", provider?.rawValue ?? "*")
            writer.member("fault", fault.rawValue)
            writer.member("on", !isOver(now: now))
            writer.member("seen", seen)
            writer.member("applied", applied)
        }
    }
}

/// What the simulators borrow to understand words: they may not know whoever lends it.
public struct FaultWords: Sendable {
    /// Which of the candidates a mistyped word was meant to be.
    public var closest: @Sendable (String, [String]) -> String?
    /// Reads `"200ms"`.
    public var duration: @Sendable (String) -> Duration?

    public init(
        closest: @escaping @Sendable (String, [String]) -> String? = { _, _ in nil },
        duration: @escaping @Sendable (String) -> Duration? = { _ in nil }
    ) {
        self.closest = closest
        self.duration = duration
    }
}
