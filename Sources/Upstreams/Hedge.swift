public import MonotonicTime

/// A second attempt at a call, made while the first is still waited for: whichever is answered first counts, and
/// the other is taken off the wire. Only for calls that change nothing.
public struct Hedge: Sendable {
    /// When, unless the first is over by then.
    public var at: MonotonicClock.Instant
    public var attempt: any SecondAttempt

    public init(at: MonotonicClock.Instant, _ attempt: any SecondAttempt) {
        self.at = at
        self.attempt = attempt
    }
}

/// What a second attempt is to whoever makes the call.
public protocol SecondAttempt: AnyObject, Sendable {
    /// The request made anew, because signatures carry their time; `nil` where it should not be sent after all.
    func request() -> UpstreamRequest?
    /// Called when the second attempt was the one that counted.
    func won()
}

/// When and how often one upstream's slow calls are made a second time.
public struct HedgePolicy: Sendable, Hashable {
    /// How long a call may take before; `nil`: three times what calls usually take.
    public var after: Duration?
    /// Second attempts as a share of the calls of the last minute.
    public var budget: Double

    public init(after: Duration? = nil, budget: Double = 0.05) {
        self.after = after
        self.budget = budget
    }
}
