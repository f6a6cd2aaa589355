internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// One upstream's account, held by whoever calls it: what a reload treats otherwise still is the same upstream, and
/// walks of before the reload may go on.
final class SharedLedger: Sendable {
    private let ledger: Mutex<CallLedger>

    init(_ policy: UpstreamPolicy, now: MonotonicClock.Instant) {
        ledger = Mutex(CallLedger(policy, now: now))
    }

    func withLock<Answer>(_ body: (inout CallLedger) -> sending Answer) -> sending Answer {
        ledger.withLock(body)
    }

    /// Puts other bounds in force.
    func follow(_ policy: UpstreamPolicy, now: MonotonicClock.Instant) {
        for waiter in withLock({ $0.follow(policy, now: now) }) { waiter.resume(returning: true) }
    }
}
