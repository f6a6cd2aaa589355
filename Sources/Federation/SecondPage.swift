internal import Synchronization
internal import Upstreams

/// The second attempt at a page, should there be one.
final class SecondPage: SecondAttempt {
    private let caller: UpstreamCaller
    private let question: PageQuestion
    private let hasBegun = Atomic<Bool>(false)

    init(_ caller: UpstreamCaller, _ question: PageQuestion) {
        self.caller = caller
        self.question = question
    }

    /// Whether the call has been made a second time, and so holds a second slot.
    var isUnderWay: Bool { hasBegun.load(ordering: .acquiring) }

    func request() -> UpstreamRequest? {
        let timekeeper = caller.environment.timekeeper
        let now = timekeeper.now
        guard caller.ledger.withLock({ $0.takeHedge(now: now) }) else { return nil }
        hasBegun.store(true, ordering: .releasing)
        return try? question.request(caller.adapter, timekeeper.date)
    }

    func won() { caller.ledger.withLock { $0.hedgeWon() } }
}
