@testable import ProviderSimulators

/// What an answer's entry of one provider may say.
struct ExpectedEntry: Sendable, Equatable {
    /// Words of `state` that are right; an entry of another one is wrong.
    var states: Set<String>
    /// Error types that name the fault; empty: none at all.
    var errors: Set<String>
    /// What the error's detail tells, among other words.
    var detail = ""

    static let fresh = ExpectedEntry(states: ["fresh"], errors: [])

    /// Where one of the two is at work and nobody can say which.
    func or(_ other: ExpectedEntry) -> ExpectedEntry {
        ExpectedEntry(
            states: states.union(other.states),
            errors: errors.union(other.errors)
        )
    }

    /// Where both are at work: what one of them never leaves whole is not whole.
    func and(_ other: ExpectedEntry) -> ExpectedEntry {
        var both = or(other)
        if !states.contains("fresh") || !other.states.contains("fresh") {
            both.states.remove("fresh")
        }
        return both
    }
}

extension FaultCase {
    func expected(on provider: SimulatedProvider) -> ExpectedEntry {
        harmless.contains(provider) ? .fresh : ExpectedEntry(states: states, errors: errors)
    }

    /// What faults of one provider come to, in the order of their rules; of two at most.
    static func expected(
        of faults: [FaultCase],
        on provider: SimulatedProvider
    ) -> ExpectedEntry? {
        precondition(faults.count <= 2, "what three faults come to is not known")
        guard let first = faults.first else { return nil }
        guard faults.count == 2 else { return first.expected(on: provider) }
        return first.expected(with: faults[1], on: provider)
    }

    /// Of each place the first rule that applies is at work, and faults of different places add up: then the caller
    /// meets first what was done last to an answer, and seldom learns of what lies below.
    private func expected(
        with second: FaultCase,
        on provider: SimulatedProvider
    ) -> ExpectedEntry {
        if depth == second.depth {
            let mine = expected(on: provider)
            return isForEachRequest ? mine : mine.or(second.expected(on: provider))
        }
        let (upper, lower) = depth < second.depth ? (self, second) : (second, self)
        let met = upper.expected(on: provider)
        let hidden = lower.expected(on: provider)
        if met == .fresh { return hidden }
        if hidden == .fresh { return met }
        if upper.leavesStatus && lower.depth == Depth.answer { return hidden }
        if upper.leavesStatus && lower.depth == Depth.clock { return met.or(hidden) }
        if upper.needsContent && lower.hasNoContent { return hidden }
        return met.states == ["failed"] ? met : met.and(hidden)
    }

    /// How far below the wire a fault lies.
    private enum Depth: Int, Comparable {
        case closedDoor, door, wire, answer, clock, body, list

        static func < (first: Depth, second: Depth) -> Bool { first.rawValue < second.rawValue }
    }

    private var depth: Depth {
        switch (fault, fault.place) {
        case (.connectionRefused, _): .closedDoor
        // At a provider's own port it sets in before a request is read.
        case (.connectionReset, _), (_, .door): .door
        case (_, .wire): .wire
        case (_, .answer): .answer
        // Whose clock refuses a request has no page that could be damaged.
        case (_, .clock): .clock
        case (_, .body): .body
        case (_, .list): .list
        }
    }

    private var isForEachRequest: Bool { !options.contains("\"after\"") }

    /// The answer ends early, and yet it is one: its status counts, whatever its content.
    private var leavesStatus: Bool { fault == .wrongContentLength }

    /// What befalls the content of an answer does nothing to one without.
    private var needsContent: Bool {
        [.slowBody, .stallInBody, .shortBody].contains(fault)
    }

    private var hasNoContent: Bool { [.redirect, .redirectLoop].contains(fault) }
}
