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
                state: list.map { standing($0, now: now) } ?? standing(state),
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

    private func standing(_ list: PublishedList, now: MonotonicClock.Instant) -> ContributionState {
        if !list.isWhole { return .partial }
        let isFresh = list.fetched.duration(to: now) < policy.ttl
        return isFresh && !list.isRestored ? .cached : .stale
    }

    /// Where no list is kept. One that is being read for the first time counts as far as it is read, and is asked for
    /// even while that is nothing.
    private func standing(_ state: UpstreamState) -> ContributionState {
        guard policy.enabled else { return .skipped }
        let walk = state.running[WalkKey()]
        if let walk, walk.imageCount > 0 { return .partial }
        if state.failures[WalkKey()] != nil { return .failed }
        return walk == nil ? .skipped : .partial
    }
}
