public import MonotonicTime

/// Stops calling an upstream that keeps failing and lets one probe through now and then.
///
/// closed → open after `failures` in a row; open → half-open once `openFor` has passed and a call is asked
/// for; half-open → closed when that probe succeeds, → open when it fails. Probes are `openFor` apart from beginning
/// to beginning, so that one that hung for so long is followed by the next at once.
public struct CircuitBreaker: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case closed(failures: Int)
        case open(until: MonotonicClock.Instant)
        /// One probe is on its way. Once it has failed the next may begin at `next`; after `lost` it is not waited for.
        case halfOpen(next: MonotonicClock.Instant, lost: MonotonicClock.Instant)
    }

    public private(set) var state: State = .closed(failures: 0)
    private var failuresMax: Int
    private var openFor: Duration
    private var callTimeout: Duration

    /// `callTimeout` is how long a probe may take: until then there is no other one.
    public init(failures: Int, openFor: Duration, callTimeout: Duration = .zero) {
        self.failuresMax = failures
        self.openFor = openFor
        self.callTimeout = callTimeout
    }

    /// Other bounds, in force from the next event on; what was learned stays.
    public mutating func change(failures: Int, openFor: Duration, callTimeout: Duration = .zero) {
        (failuresMax, self.openFor, self.callTimeout) = (failures, openFor, callTimeout)
    }

    /// Whether a call may be made now; for a refused one how long until the next probe.
    public mutating func admit(now: MonotonicClock.Instant) -> Admission {
        guard let wait = nextProbe(now: now) else { return .allowed }
        if wait > .zero { return .refused(retryAfter: wait) }
        state = .halfOpen(next: now + openFor, lost: now + max(openFor, callTimeout))
        return .allowed
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
        if case .halfOpen(let next, _) = state { state = .halfOpen(next: next, lost: now) }
    }

    /// Nobody wants to know what becomes of a call. If it was the probe, another one takes its place.
    public mutating func cancelled(now: MonotonicClock.Instant) {
        if case .halfOpen(let next, _) = state { state = .open(until: max(now, next)) }
    }

    /// The operator knows better.
    public mutating func reset() {
        state = .closed(failures: 0)
    }

    public mutating func failed(now: MonotonicClock.Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < failuresMax:
            state = .closed(failures: failures + 1)
        case .closed:
            state = .open(until: now + openFor)
        case .halfOpen(let next, _):
            state = .open(until: max(now, next))
        // A call from before it opened ends late; that moves no probe.
        case .open: break
        }
    }

    /// How long until a call is let through as a probe; `nil` while it is closed.
    public func nextProbe(now: MonotonicClock.Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let until): max(.zero, now.duration(to: until))
        case .halfOpen(let next, let lost) where now < lost:
            now.duration(to: now < next ? next : lost)
        case .halfOpen: .zero
        }
    }

    /// Whether one call is on its way to tell whether the upstream works again.
    public var isProbing: Bool { if case .halfOpen = state { true } else { false } }

    /// `closed`, `open` or `half-open`.
    public var name: String {
        switch state {
        case .closed: "closed"
        case .open: "open"
        case .halfOpen: "half-open"
        }
    }
}
