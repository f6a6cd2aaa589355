internal import Catalogs
internal import ImageModel
internal import Synchronization
internal import Upstreams

/// One walk over all pages of one upstream's list, bounded by pages, images and time.
///
/// Callers that cannot wait for the end look at `progress` meanwhile.
final class UpstreamWalk: Sendable {
    private let caller: UpstreamCaller
    private let upstream: String
    private let pushdown: Pushdown?
    private let environment: WalkEnvironment
    /// Held for moments: the walk and every loop that asks how far it is share it.
    private let gathered: Mutex<Gathered>
    /// Held while an interim snapshot is built, by those who want one and never by the walk.
    private let interim = Mutex<Snapshot?>(nil)

    private struct Gathered {
        var builder: SnapshotBuilder
        var drift: [String: Int] = [:]
    }

    /// What a walk came to. `error` beside a snapshot says why it is not the whole list.
    struct Outcome: Sendable {
        var snapshot: Snapshot
        var error: UpstreamError?
        var drift: [String: Int]
    }

    /// Pages of one walk; with the smallest pages this still covers `imagesMax` of every default.
    static let pagesMax = 100_000
    /// Walks begun again because the list changed under them or lost the page they stood on.
    static let roundsMax = 3

    init(
        upstream: String,
        caller: UpstreamCaller,
        pushdown: Pushdown?,
        environment: WalkEnvironment
    ) {
        self.upstream = upstream
        self.caller = caller
        self.pushdown = pushdown
        self.environment = environment
        self.gathered = Mutex(Gathered(builder: SnapshotBuilder(upstream: upstream)))
    }

    /// The rows so far as a snapshot, of a long walk perhaps a few less; `nil` before the first.
    var progress: Snapshot? {
        interim.withLock { interim in
            let builder = gathered.withLock { $0.builder }
            guard builder.count > 0 else { return nil }
            // Built anew once it would grow by a sixteenth: the work stays in proportion to the rows,
            // however many callers look at however many pages.
            if let known = interim, known.count <= builder.count,
                builder.count - known.count <= known.count / 16
            {
                return known
            }
            let snapshot = builder.finish()
            interim = snapshot
            return snapshot
        }
    }

    /// How many images were read so far.
    var imageCount: Int { gathered.withLock { $0.builder.count } }

    /// Walks to the true end. The list may change under an offset-counted walk: when its total moved, the
    /// walk begins again; a list that never holds still comes back with an error beside its rows.
    func run() async -> Result<Outcome, UpstreamError> {
        let deadline = environment.timekeeper.now + caller.policy.walkTimeout
        var error: UpstreamError?
        for round in 1...Self.roundsMax {
            if round > 1 { restart() }
            do throws(UpstreamError) {
                try await walkOnce(until: deadline)
                return outcome(nil)
            } catch let failure {
                error = failure
                guard failure.code == .markerLost else { break }
            }
        }
        return outcome(error)
    }

    private func restart() {
        gathered.withLock { $0.builder = SnapshotBuilder(upstream: upstream) }
    }

    private func outcome(_ error: UpstreamError?) -> Result<Outcome, UpstreamError> {
        let (builder, drift) = gathered.withLock { ($0.builder, $0.drift) }
        if let error, builder.count == 0 { return .failure(error) }
        return .success(Outcome(snapshot: builder.finish(), error: error, drift: drift))
    }

    private func walkOnce(until deadline: ContinuousClock.Instant) async throws(UpstreamError) {
        var position = PagePosition.first
        var visited: Set<PagePosition> = []
        var totals: Set<Int> = []
        while visited.count < Self.pagesMax {
            guard visited.insert(position).inserted else {
                throw UpstreamError(
                    .pagingFault,
                    "its paging leads back to a page that was read already"
                )
            }
            guard environment.timekeeper.now < deadline, !Task.isCancelled else {
                throw UpstreamError(
                    .deadlineExceeded,
                    "reading all pages took longer than walk_timeout allows",
                    isRetryable: true
                )
            }
            let page = try await caller.page(at: position, pushdown: pushdown, until: deadline)
            if let total = page.total { totals.insert(total) }
            let newCount = try keep(page)
            guard let next = page.next else { return try checkSteady(totals) }
            if newCount == 0 {
                throw UpstreamError(
                    .pagingFault,
                    "a page added no image and still named a next one"
                )
            }
            position = next
        }
        throw UpstreamError(.pagingFault, "its list has more than \(Self.pagesMax) pages")
    }

    /// Counted by offsets, a list that changes between two pages may skip or repeat rows.
    private func checkSteady(_ totals: Set<Int>) throws(UpstreamError) {
        guard totals.count > 1 else { return }
        throw UpstreamError(
            .markerLost,
            "its list changed while it was read, each of \(Self.roundsMax) times; rows may be missing",
            isRetryable: true
        )
    }

    /// How many images were new; fails where there are more than the operator allows.
    private func keep(_ page: ListPage) throws(UpstreamError) -> Int {
        let limit = caller.policy.imagesMax
        let (newCount, isFull) = gathered.withLock { gathered in
            let before = gathered.builder.count
            for word in page.drift where gathered.drift.count < 64 || gathered.drift[word] != nil {
                gathered.drift[word, default: 0] += 1
            }
            for image in page.images {
                if gathered.builder.count == limit { return (0, true) }
                gathered.builder.append(image)
            }
            return (gathered.builder.count - before, false)
        }
        guard isFull else { return newCount }
        throw UpstreamError(
            .tooManyImages,
            "it lists more than images_max (\(limit)) images; raise images_max or narrow the query"
        )
    }
}
