/// A rate limit that lets short bursts through: `burst` tokens, refilled at `perSecond`.
public struct TokenBucket: Sendable, Hashable {
    private let perSecond: Double
    private let burst: Double
    private var tokens: Double
    private var refilled: ContinuousClock.Instant

    public init(perSecond: Double, burst: Double, now: ContinuousClock.Instant) {
        self.perSecond = perSecond
        self.burst = max(1, burst)
        self.tokens = max(1, burst)
        self.refilled = now
    }

    /// Takes a token, or says how long until there is one.
    public mutating func take(now: ContinuousClock.Instant) -> Duration? {
        refill(now)
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return .seconds((1 - tokens) / perSecond)
    }

    /// Takes a token in any case and says how long to wait before using it.
    public mutating func reserve(now: ContinuousClock.Instant) -> Duration {
        refill(now)
        tokens -= 1
        return tokens >= 0 ? .zero : .seconds(-tokens / perSecond)
    }

    private mutating func refill(_ now: ContinuousClock.Instant) {
        guard now > refilled else { return }
        let elapsed = refilled.duration(to: now) / .seconds(1)
        tokens = min(burst, tokens + elapsed * perSecond)
        refilled = now
    }
}
