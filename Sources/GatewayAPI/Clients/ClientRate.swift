internal import Configuration
internal import MonotonicTime
internal import Observability
internal import Synchronization

/// A client's rate limit, shared by all loops without a lock: a generic cell rate algorithm, which is a token
/// bucket told as one number, the time at which the bucket would be full again.
final class ClientRate: Sendable {
    /// Nanoseconds from one request to the next at the configured rate.
    private let interval: Int64
    /// How far ahead of time the bucket may be emptied.
    private let tolerance: Int64
    private let start: MonotonicClock.Instant
    /// Nanoseconds since `start` at which the bucket is full again.
    private let fullAt = Atomic<Int64>(0)

    init(_ limit: ClientRateLimit, now: MonotonicClock.Instant) {
        // A rate near zero means some thirty years, not an overflow.
        interval = Int64(min(1e9 / max(Double(limit.requestsPerSecond), 1e-9), 1e18))
        let burst = max(1, Double(limit.burst))
        tolerance = Int64(min((burst - 1) * Double(interval), 4e18))
        start = now
    }

    /// `nil` where a request may pass, which then counts; else how long until one may.
    func take(now: MonotonicClock.Instant) -> Duration? {
        let time = nanoseconds(now)
        var known = fullAt.load(ordering: .relaxed)
        while true {
            if let wait = wait(time, known) { return wait }
            let next = max(known, time).addingReportingOverflow(interval)
            let (exchanged, original) = fullAt.weakCompareExchange(
                expected: known,
                desired: next.overflow ? .max : next.partialValue,
                ordering: .relaxed
            )
            if exchanged { return nil }
            known = original
        }
    }

    /// Whether the next request would have to wait; takes nothing.
    func isExhausted(now: MonotonicClock.Instant) -> Bool {
        wait(nanoseconds(now), fullAt.load(ordering: .relaxed)) != nil
    }

    private func wait(_ time: Int64, _ fullAt: Int64) -> Duration? {
        let early = fullAt - time - tolerance
        return early > 0 ? .nanoseconds(early) : nil
    }

    private func nanoseconds(_ now: MonotonicClock.Instant) -> Int64 {
        start.duration(to: now).wholeNanoseconds
    }
}
