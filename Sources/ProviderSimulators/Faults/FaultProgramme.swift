import JSONText

/// The faults that are on, in the order they were given. Of each place the first that applies is at work.
struct FaultProgramme: Sendable {
    private(set) var rules: [FaultRule] = []
    private var seed: UInt64 = 1

    static let ruleCountMax = 1_000

    init() {}

    /// `{ "seed": 1, "faults": [ … ] }`, or the list alone. `now` is microseconds since 1970.
    init(_ body: [UInt8], now: Int64, _ words: FaultWords) throws(ControlError) {
        guard let value = try? JSONValue(parsing: body) else {
            throw ControlError("the content must be JSON: { \"faults\": [ … ] } or the list alone")
        }
        let members = value.objectValue ?? []
        for member in members where !["faults", "seed"].contains(member.key) {
            throw ControlError("'\(member.key)' is no member; there are seed and faults")
        }
        try ControlError.checkUnique(members)
        guard let list = (value["faults"] ?? value).arrayValue, list.count <= Self.ruleCountMax
        else {
            throw ControlError("faults must be a list of at most \(Self.ruleCountMax)")
        }
        if let given = value["seed"] {
            guard let number = given.integerValue, number >= 0 else {
                throw ControlError("seed must be a whole number from 0 up")
            }
            seed = UInt64(number)
        }
        for (index, element) in list.enumerated() {
            do throws(ControlError) {
                rules.append(try FaultRule(element, now: now, words))
            } catch {
                throw ControlError("faults[\(index)]: \(error.message)")
            }
        }
    }

    /// Complains of faults that need a port of the provider's own.
    func checkDoors() throws(ControlError) {
        guard let index = rules.firstIndex(where: { $0.fault.place == .door }) else { return }
        throw ControlError(
            "faults[\(index)]: '\(rules[index].fault.rawValue)' befalls a whole port, and here all providers "
                + "share one; give each its own with --provider-ports"
        )
    }

    /// What one request to `provider` suffers from, at most one rule of each place.
    mutating func suffering(_ provider: SimulatedProvider, now: Int64) -> [FaultRule] {
        var chosen: [FaultRule] = []
        for index in rules.indices where rules[index].concerns(provider) {
            let place = rules[index].fault.place
            guard place != .door, !chosen.contains(where: { $0.fault.place == place }),
                rules[index].takes(seed: seed &+ UInt64(index), now: now)
            else { continue }
            chosen.append(rules[index])
        }
        return chosen
    }

    /// What one connection to the provider's own port meets.
    mutating func greeting(_ provider: SimulatedProvider, now: Int64) -> FaultRule? {
        for index in rules.indices where rules[index].concerns(provider) {
            let fault = rules[index].fault
            guard fault.place == .door || fault == .connectionReset, fault != .connectionRefused,
                rules[index].takes(seed: seed &+ UInt64(index), now: now)
            else { continue }
            return rules[index]
        }
        return nil
    }

    func hasDoorFault(_ provider: SimulatedProvider, now: Int64) -> Bool {
        rules.contains {
            ($0.fault.place == .door || $0.fault == .connectionReset) && $0.concerns(provider)
                && !$0.isOver(now: now)
        }
    }

    func isRefused(_ provider: SimulatedProvider, now: Int64) -> Bool {
        rules.contains {
            $0.fault == .connectionRefused && $0.concerns(provider) && !$0.isOver(now: now)
        }
    }

    /// When the next rule ends by time; `nil` where none does.
    func nextEnd(now: Int64) -> Int64? {
        rules.compactMap(\.until).filter { $0 > now }.min()
    }

    func write(to writer: inout JSONWriter, now: Int64) {
        writer.object { writer in
            writer.member("seed", Int(seed))
            writer.key("faults")
            writer.array { writer in
                for rule in rules { rule.write(to: &writer, now: now) }
            }
            writer.key("known")
            writer.object { writer in
                for fault in Fault.allCases { writer.member(fault.rawValue, fault.summary) }
            }
        }
    }
}
