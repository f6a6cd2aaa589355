public import ImageModel
public import MonotonicTime

/// Where time comes from. The executable passes the real one, tests pass one they move by hand.
public protocol Timekeeper: Sendable {
    /// Monotonic; for deadlines, ages and latencies.
    var now: MonotonicClock.Instant { get }
    /// Wall clock; for signatures and for what people read.
    var date: Timestamp { get }
    /// Returns at `deadline`, or throws at once when the task is cancelled.
    func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError)
    /// Calls `action` once at `deadline`, unless the returned closure is called before.
    func call(
        at deadline: MonotonicClock.Instant,
        _ action: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void
}
