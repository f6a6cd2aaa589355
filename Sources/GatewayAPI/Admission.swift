internal import HTTPWire
internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// Keeps expensive requests within bounds: how many may wait for upstreams at a time, and how often one
/// caller may ask past the cache. Shared by all loops.
final class Admission: Sendable {
    private let coldRequests: Mutex<ColdRequests>
    private let revalidations = Mutex<[String: TokenBucket]>([:])

    /// `no-cache` requests of one caller: a burst, then one a second.
    private static let revalidationBurst = 5.0
    private static let revalidationsPerSecond = 1.0
    /// Callers remembered at a time; beyond it all start anew.
    private static let callersMax = 4_096

    init(coldRequestsMax: Int) {
        coldRequests = Mutex(ColdRequests(countMax: coldRequestsMax))
    }

    /// Whether nobody more may wait at the moment.
    var isFull: Bool { coldRequests.withLock { $0.isFull } }

    /// Fails with 503 where too many wait already; pair with `leaveCold`.
    func enterCold(_ caller: String) throws(Problem) {
        guard coldRequests.withLock({ $0.enter(caller) }) else { throw .overloaded }
    }

    /// `lateness` is how long the work for the request has waited for its turn on the loops.
    func leaveCold(_ caller: String, lateness: Duration?, now: MonotonicClock.Instant) {
        coldRequests.withLock { $0.leave(caller, lateness: lateness, now: now) }
    }

    /// Fails with 429 where `caller` has asked past the cache too often.
    func checkRevalidation(of caller: String, now: MonotonicClock.Instant) throws(Problem) {
        let wait = revalidations.withLock { buckets in
            if buckets.count >= Self.callersMax { buckets = [:] }
            let fresh = TokenBucket(
                perSecond: Self.revalidationsPerSecond,
                burst: Self.revalidationBurst,
                now: now
            )
            return buckets[caller, default: fresh].take(now: now)
        }
        if let wait { throw .revalidationLimited(retryAfterSeconds: Int(wait.roundedUpSeconds)) }
    }
}

extension Problem {
    static let overloaded = Problem(
        slug: "overloaded",
        title: "Too many requests wait for upstreams",
        status: 503,
        detail: "answers that are at hand are still given; ask again in a moment",
        fields: [.init("retry-after", "1")]
    )

    static func revalidationLimited(retryAfterSeconds: Int) -> Problem {
        Problem(
            slug: "revalidation-limited",
            title: "Too many no-cache requests",
            status: 429,
            detail:
                "past the cache five may be asked at once, then one a second; leave out Cache-Control or wait",
            fields: [.init("retry-after", String(retryAfterSeconds))]
        )
    }
}
