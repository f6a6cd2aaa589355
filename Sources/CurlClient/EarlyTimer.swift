internal import EventLoops
internal import MonotonicTime

/// One timer for many times: due with the earliest of them, or before, where that one is no longer wanted. So to set it
/// costs nothing for as long as times that were set earlier come earlier, and its action has to look what is due.
struct EarlyTimer {
    private var current: (id: TimerID, due: MonotonicClock.Instant)?

    var isSet: Bool { current != nil }

    /// Whether it is due by then as it is.
    func covers(_ due: MonotonicClock.Instant) -> Bool {
        if let current { current.due <= due } else { false }
    }

    mutating func set(
        _ due: MonotonicClock.Instant,
        on loop: EventLoop,
        _ action: @escaping () -> Void
    ) {
        drop(on: loop)
        current = (loop.schedule(at: due, action), due)
    }

    mutating func drop(on loop: EventLoop) {
        if let current { loop.cancel(current.id) }
        current = nil
    }

    /// For its action.
    mutating func hasFired() { current = nil }
}
