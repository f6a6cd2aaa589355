internal import Caching
public import Catalogs
public import Upstreams

/// One page and who contributed to it.
public struct ListAnswer: Sendable {
    public var page: CatalogPage
    /// `nil` on the last page.
    public var nextCursor: String?
    /// In configuration order.
    public var upstreams: [UpstreamEntry]
    /// The number of publications this was made under.
    public var generation: UInt64
    /// Until when the same question has the same answer; `nil` where it should be asked again at once.
    public var validUntil: ContinuousClock.Instant?
    /// Identifies what the answer was made of; equal for equal content.
    public var fingerprint: UInt64
    /// How long the work for it has waited for its turn, apart from what upstreams took.
    public var lateness = Duration.zero

    /// Whether every upstream asked gave all it has.
    public var isComplete: Bool {
        // By index, here and below: an entry that is taken out is copied, reference by reference.
        upstreams.indices.allSatisfy { upstreams[$0].isComplete }
    }

    /// Whether at least one upstream contributed, or none had to.
    public var isAnswered: Bool {
        upstreams.indices.contains { index in
            upstreams[index].state != .failed && upstreams[index].state != .skipped
        } || upstreams.indices.allSatisfy { upstreams[$0].state == .skipped } && isComplete
    }

    /// Whether everybody who failed ran out of time.
    public var isTimeout: Bool {
        let failures = upstreams.filter { !$0.isComplete }
        return !failures.isEmpty
            && failures.allSatisfy {
                $0.error?.code == .deadlineExceeded || $0.error?.code == .stillLoading
            }
    }
}

/// One upstream's part in an answer.
public struct UpstreamEntry: Sendable {
    public var id: String
    public var provider: String
    public var region: String?
    public var state: ContributionState
    public var isComplete: Bool
    /// Images of this upstream among all matches.
    public var matched: Int
    /// RFC 3339.
    public var fetchedAt: String?
    public var age: Duration?
    /// How long the walk behind the rows took.
    public var latency: Duration?
    public var error: UpstreamError?
    public var explanation: Explanation?

    public struct Explanation: Sendable {
        /// Filters the provider applied itself, in its own spelling.
        public var pushedDown: [Pushdown.Parameter]
        /// Filters it could apply, were its list too large to hold whole.
        public var couldPushDown: [Pushdown.Parameter]
        public var images: Int
        public var breaker: BreakerStanding
        public var cache: Cache
        public var walks: Int
        public var calls: UInt64
        public var retries: UInt64
        public var waited: Duration
        public var drift: [String: Int]
    }

    /// What is kept of an upstream after this answer.
    public struct Cache: Sendable {
        /// As the next question would find it.
        public var state: ContributionState
        public var images: Int?
        public var age: Duration?
        public var ttl: Duration
        public var isLoading: Bool

        public init(
            state: ContributionState,
            images: Int?,
            age: Duration?,
            ttl: Duration,
            isLoading: Bool
        ) {
            self.state = state
            self.images = images
            self.age = age
            self.ttl = ttl
            self.isLoading = isLoading
        }
    }
}
