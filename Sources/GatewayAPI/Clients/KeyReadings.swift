internal import MonotonicTime
internal import Upstreams

/// When a token with an unknown key may have its issuer's keys read: five times at once, then every five seconds, and
/// not twice within a second. Readings that no token asked for take nothing away: starts and reloads would use up what
/// the first token after a rotation needs.
struct KeyReadings: Sendable {
    typealias Instant = MonotonicClock.Instant

    private var budget: TokenBucket
    private var lastAttempt: Instant?
    /// Keys that a reading was for, and when it began.
    private var wanted: [String: Instant] = [:]

    enum Verdict: Hashable {
        case allowed
        /// A reading has just been made for that key.
        case needless
        case tooEarly(rest: Duration)
    }

    private static let burst = 5.0
    private static let interval = Duration.seconds(5)
    /// From one reading to the next in a burst.
    private static let pause = Duration.seconds(1)
    private static let wantedMax = 64

    init(now: Instant) {
        budget = TokenBucket(
            perSecond: 1 / (Self.interval / .seconds(1)),
            burst: Self.burst,
            now: now
        )
    }

    /// A token names a key that is not at hand. What is allowed counts as begun.
    mutating func ask(for keyID: String, hasKeys: Bool, now: Instant) -> Verdict {
        if let time = wanted[keyID], now < time + Self.interval { return .needless }
        let pause = hasKeys ? Self.pause : Self.interval
        if let last = lastAttempt, now < last + pause {
            return .tooEarly(rest: now.duration(to: last + pause))
        }
        if hasKeys, let rest = budget.take(now: now) { return .tooEarly(rest: rest) }
        lastAttempt = now
        return .allowed
    }

    /// A reading that began then, for this key, has brought what the issuer publishes, with this key or without it.
    mutating func succeed(for keyID: String, at time: Instant) {
        if wanted.count >= Self.wantedMax {
            wanted = wanted.filter { time < $0.value + Self.interval }
            if wanted.count >= Self.wantedMax { wanted = [:] }
        }
        wanted[keyID] = time
    }
}
