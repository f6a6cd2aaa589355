internal import Catalogs
public import MonotonicTime
internal import Synchronization
public import Upstreams

extension UpstreamNode {
    /// What an operator or a client may see of this upstream between queries.
    public struct Status: Sendable {
        /// Of one that is switched off nothing is told of lists and failures, which nobody is served.
        public var isEnabled: Bool
        public var state: ContributionState
        public var images: Int?
        public var fetchedAt: String?
        public var age: Duration?
        public var latency: Duration?
        public var breaker: BreakerStanding
        public var error: UpstreamError?
        public var isWalking: Bool
        /// What walks that are going on have read so far; `nil` where none is.
        public var imagesLoaded: Int?
        public var walks: Int
        /// Walks that failed or ended early.
        public var walkFailures: Int
        public var calls: CallCounts
        public var drift: [String: Int]
        /// Whether the list was read before the process started.
        public var isRestored: Bool
    }

    public func status(now: MonotonicClock.Instant) -> Status {
        state.withLock { state in
            let list = policy.enabled ? state.lists[WalkKey()] : nil
            let failure = policy.enabled ? state.failures[WalkKey()] : nil
            let age = list.map { $0.fetched.duration(to: now) }
            return Status(
                isEnabled: policy.enabled,
                state: Self.standing(list, age: age, failed: failure != nil, ttl: policy.ttl),
                images: list?.snapshot.count,
                fetchedAt: list?.fetchedAtText,
                age: age,
                latency: list?.latency,
                breaker: caller.breaker(now: now),
                error: failure?.error(at: now) ?? list?.error,
                isWalking: !state.running.isEmpty,
                imagesLoaded: state.running.values.map(\.imageCount).max(),
                walks: state.walkCount,
                walkFailures: state.walkFailureCount,
                calls: caller.counts,
                drift: state.drift,
                isRestored: list?.isRestored == true
            )
        }
    }

    private static func standing(
        _ list: PublishedList?,
        age: Duration?,
        failed: Bool,
        ttl: Duration
    ) -> ContributionState {
        guard let list, let age else { return failed ? .failed : .skipped }
        if !list.isWhole { return .partial }
        return age < ttl && !list.isRestored ? .cached : .stale
    }
}
