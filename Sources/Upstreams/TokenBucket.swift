public import MonotonicTime

/// A rate limit that lets short bursts through: `burst` tokens, refilled at `perSecond`.
public struct TokenBucket: Sendable, Hashable {
    private var perSecond: Double
    private var burst: Double
    private var tokens: Double
    private var refilled: MonotonicClock.Instant

    public init(perSecond: Double, burst: Double, now: MonotonicClock.Instant) {
        self.perSecond = perSecond
        self.burst = max(1, burst)
        self.tokens = max(1, burst)
        self.refilled = now
    }

    /// Another rate from `now` on. What was spent stays spent.
    public mutating func change(perSecond: Double, burst: Double, now: MonotonicClock.Instant) {
        refill(now)
        (self.perSecond, self.burst) = (perSecond, max(1, burst))
        tokens = min(tokens, self.burst)
    }

    /// Takes a token, or says how long until there is one.
    public mutating func take(now: MonotonicClock.Instant) -> Duration? {
        refill(now)
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return duration(of: 1 - tokens)
    }

    /// Takes a token in any case and says how long to wait before using it.
    public mutating func reserve(now: MonotonicClock.Instant) -> Duration {
        refill(now)
        tokens -= 1
        return tokens >= 0 ? .zero : duration(of: -tokens)
    }

    /// Like `reserve`, but takes nothing and returns `nil` where the wait would be longer than `longest`.
    public mutating func reserve(now: MonotonicClock.Instant, longest: Duration) -> Duration? {
        refill(now)
        let wait = tokens >= 1 ? .zero : duration(of: 1 - tokens)
        guard wait <= longest else { return nil }
        tokens -= 1
        return wait
    }

    /// At most some 30 years: a rate close to 0 must not overflow a duration.
    private func duration(of tokens: Double) -> Duration {
        perSecond > 0 ? .seconds(min(tokens / perSecond, 1e9)) : .seconds(1e9)
    }

    private mutating func refill(_ now: MonotonicClock.Instant) {
        guard now > refilled else { return }
        let elapsed = refilled.duration(to: now) / .seconds(1)
        tokens = min(burst, tokens + elapsed * perSecond)
        refilled = now
    }
}
