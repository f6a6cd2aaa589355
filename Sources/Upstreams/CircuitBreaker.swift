public import MonotonicTime

/// Stops calling an upstream that keeps failing and lets one probe through now and then.
///
/// closed → open after `failures` in a row; open → half-open once `openFor` has passed and a call is asked
/// for; half-open → closed when that probe succeeds, → open when it fails.
public struct CircuitBreaker: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case closed(failures: Int)
        case open(until: MonotonicClock.Instant)
        /// One probe is on its way; a lost one is replaced after `until`.
        case halfOpen(until: MonotonicClock.Instant)
    }

    public private(set) var state: State = .closed(failures: 0)
    private var failuresMax: Int
    private var openFor: Duration

    public init(failures: Int, openFor: Duration) {
        self.failuresMax = failures
        self.openFor = openFor
    }

    /// Other bounds, in force from the next event on; what was learned stays.
    public mutating func change(failures: Int, openFor: Duration) {
        (failuresMax, self.openFor) = (failures, openFor)
    }

    /// Whether a call may be made now; for a refused one how long until the next probe.
    public mutating func admit(now: MonotonicClock.Instant) -> Admission {
        switch state {
        case .closed: return .allowed
        case .open(let until), .halfOpen(let until):
            if now < until { return .refused(retryAfter: now.duration(to: until)) }
            state = .halfOpen(until: now + openFor)
            return .allowed
        }
    }

    public enum Admission: Sendable, Hashable {
        case allowed
        case refused(retryAfter: Duration)
    }

    /// A whole answer came: the upstream works.
    public mutating func succeeded() {
        state = .closed(failures: 0)
    }

    /// A call that only prepares another one succeeded, such as a login: the probe goes on with the next call.
    public mutating func prepared(now: MonotonicClock.Instant) {
        if case .halfOpen = state { state = .halfOpen(until: now) }
    }

    /// The operator knows better.
    public mutating func reset() {
        state = .closed(failures: 0)
    }

    public mutating func failed(now: MonotonicClock.Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < failuresMax:
            state = .closed(failures: failures + 1)
        case .closed, .halfOpen:
            state = .open(until: now + openFor)
        // A call from before it opened ends late; that moves no probe.
        case .open: break
        }
    }

    /// How long until a call is let through as a probe; `nil` while it is closed.
    public func nextProbe(now: MonotonicClock.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let until), .halfOpen(let until): max(.zero, now.duration(to: until))
        }
    }

    /// `closed`, `open` or `half-open`.
    public var name: String {
        switch state {
        case .closed: "closed"
        case .open: "open"
        case .halfOpen: "half-open"
        }
    }
}
