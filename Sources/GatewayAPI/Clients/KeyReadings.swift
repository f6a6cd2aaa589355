internal import MonotonicTime
internal import Upstreams

/// When a token with an unknown key may have its issuer's keys read: five times at once, then twice a minute, and not
/// twice within a second or for the same key. Readings that no token asked for take nothing away, or strangers, starts
/// and reloads would use up what the first token after a rotation needs.
struct KeyReadings: Sendable {
    typealias Instant = MonotonicClock.Instant

    private var budget: TokenBucket
    private var lastAttempt: Instant?
    /// The last one that brought what the issuer publishes.
    private var lastSuccess: Instant?
    /// Keys that such a reading was for, and when.
    private var wanted: [String: Instant] = [:]

    enum Verdict: Hashable {
        case allowed
        /// The keys at hand are what the issuer publishes.
        case needless
        case tooEarly(rest: Duration)
    }

    private static let burst = 5.0
    private static let interval = Duration.seconds(30)
    /// From one reading to the next while there are no keys at all.
    private static let firstInterval = Duration.seconds(5)
    /// Keys that were read no longer ago than this are what the issuer publishes.
    private static let currentTime = Duration.seconds(1)
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
        if let last = lastSuccess, now < last + Self.currentTime { return .needless }
        if let time = wanted[keyID], now < time + Self.interval { return .needless }
        let pause = hasKeys ? Self.currentTime : Self.firstInterval
        if let last = lastAttempt, now < last + pause {
            return .tooEarly(rest: now.duration(to: last + pause))
        }
        if hasKeys, let rest = budget.take(now: now) { return .tooEarly(rest: rest) }
        lastAttempt = now
        return .allowed
    }

    /// A reading that began then has brought the keys.
    mutating func succeed(at time: Instant) { lastSuccess = time }

    /// That reading was for this key. It is not asked for again soon, whether it was there or not.
    mutating func note(_ keyID: String, now: Instant) {
        if wanted.count >= Self.wantedMax {
            wanted = wanted.filter { now < $0.value + Self.interval }
            if wanted.count >= Self.wantedMax { wanted = [:] }
        }
        wanted[keyID] = now
    }
}
