internal import Caching
public import Catalogs
public import MonotonicTime
public import Upstreams

/// One page and who contributed to it.
///
/// A class: it goes through several hands, and a copy has many references to count.
public final class ListAnswer: Sendable {
    public let page: CatalogPage
    /// `nil` on the last page.
    public let nextCursor: String?
    /// In configuration order.
    public let upstreams: [UpstreamEntry]
    /// The number of publications this was made under.
    public let generation: UInt64
    /// Until when the same question has the same answer; `nil` where it should be asked again at once.
    public let validUntil: MonotonicClock.Instant?
    /// Identifies what the answer was made of; equal for equal content.
    public let fingerprint: UInt64
    /// How long the work for it has waited for its turn, apart from what upstreams took.
    public let lateness: Duration
    /// Why somebody had to be asked: of several reasons the weightiest; `nil` where nobody was.
    public let forwarded: ForwardReason?

    init(
        page: CatalogPage,
        nextCursor: String?,
        upstreams: [UpstreamEntry],
        generation: UInt64,
        validUntil: MonotonicClock.Instant?,
        fingerprint: UInt64,
        lateness: Duration = .zero,
        forwarded: ForwardReason? = nil
    ) {
        self.page = page
        self.nextCursor = nextCursor
        self.upstreams = upstreams
        self.generation = generation
        self.validUntil = validUntil
        self.fingerprint = fingerprint
        self.lateness = lateness
        self.forwarded = forwarded
    }

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
                [.deadlineExceeded, .stillLoading, .notCached].contains($0.error?.code)
            }
    }
}

/// One upstream's part in an answer.
public struct UpstreamEntry: Sendable {
    public var name: UpstreamName
    public var state: ContributionState
    public var isComplete: Bool
    /// Images of this upstream among all matches.
    public var matched: Int
    /// RFC 3339.
    public var fetchedAt: String?
    public var age: Duration?
    /// How long the walk behind the rows took; `nil` where it goes on or there are no rows.
    public var latency: Duration?
    public var error: UpstreamError?
    public var explanation: Explanation?

    public var id: String { name.id }

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
