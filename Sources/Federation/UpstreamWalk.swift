internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// One walk over all pages of one upstream's list, bounded by pages, images and time.
///
/// Pages that are the same as in the list published before are not read again: as long as all are, nothing is
/// built, and at the end the old snapshot stands. Callers that cannot wait for the end look at `progress` meanwhile.
final class UpstreamWalk: Sendable {
    private let caller: UpstreamCaller
    private let upstream: String
    private let pushdown: Pushdown?
    /// What was published before, where that was the whole list.
    private let previous: PublishedList?
    private let environment: WalkEnvironment
    private let takesCensus: Bool
    /// When walk_timeout is over.
    let deadline: MonotonicClock.Instant
    /// Held for moments: the walk and every loop that asks how far it is share it.
    private let gathered: Mutex<Gathered>
    /// Held while an interim snapshot is built, by those who want one and never by the walk.
    private let interim = Mutex<Snapshot?>(nil)

    private struct Gathered {
        let upstream: String
        /// `nil` until a row is not carried: most lists that come again are what they were.
        private(set) var started: SnapshotBuilder?
        var pages: [PageRecord] = []
        /// Bytes of the answers that the pages were read from.
        var byteCount = 0
        /// Images of the previous list that stand at the front of this one and were not copied yet.
        var carriedCount = 0
        var drift: [String: Int] = [:]
        /// Of pages that were read; `nil` where nobody wants one or a page stood as it was.
        var census: MemberCensus?
        var loss = WalkLoss()

        var builder: SnapshotBuilder {
            get { started ?? SnapshotBuilder(upstream: upstream) }
            _modify {
                var builder = started.take() ?? SnapshotBuilder(upstream: upstream)
                defer { started = builder }
                yield &builder
            }
        }

        var readCount: Int { started?.count ?? 0 }
        var count: Int { carriedCount + readCount }
        /// Whether the upstream said how many images it has, and they are here.
        var hasAllStated: Bool { loss.statedTotal != nil && loss.shortfall(of: count) == nil }

        mutating func begin(with builder: SnapshotBuilder) { started = builder }

        init(upstream: String, takesCensus: Bool) {
            self.upstream = upstream
            census = takesCensus ? MemberCensus() : nil
        }

        mutating func note(_ words: [String]) {
            for word in words where drift.count < 64 || drift[word] != nil {
                drift[word, default: 0] += 1
            }
        }
    }

    /// What a walk came to. `error` beside a snapshot says why it is not the whole list.
    ///
    /// A class: it goes through the frames of several functions that wait for each other, and each would hold one.
    final class Outcome: Sendable {
        let snapshot: Snapshot
        let error: UpstreamError?
        let drift: [String: Int]
        let pages: [PageRecord]
        /// Of the whole list, where all of it was read.
        let census: MemberCensus?

        init(
            _ snapshot: Snapshot,
            error: UpstreamError?,
            drift: [String: Int],
            pages: [PageRecord],
            census: MemberCensus?
        ) {
            self.snapshot = snapshot
            self.error = error
            self.drift = drift
            self.pages = pages
            self.census = census
        }
    }

    /// Pages of one walk; with the smallest pages this still covers `imagesMax` of every default.
    static let pagesMax = 100_000
    /// Walks begun again because the list changed under them or lost the page they stood on.
    static let roundsMax = 3

    init(
        upstream: String,
        caller: UpstreamCaller,
        pushdown: Pushdown?,
        previous: PublishedList?,
        environment: WalkEnvironment,
        takesCensus: Bool
    ) {
        self.takesCensus = takesCensus
        self.upstream = upstream
        self.caller = caller
        self.pushdown = pushdown
        self.previous = previous?.isWhole == true ? previous : nil
        self.environment = environment
        deadline = environment.timekeeper.now + caller.policy.walkTimeout
        self.gathered = Mutex(Gathered(upstream: upstream, takesCensus: takesCensus))
    }

    /// The rows so far as a snapshot, of a long walk perhaps a few less; `nil` before the first.
    var progress: Snapshot? {
        interim.withLock { interim in
            guard let builder = gathered.withLock({ $0.started }), builder.count > 0 else {
                return nil
            }
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
    var imageCount: Int { gathered.withLock { $0.count } }

    /// Reads a list that was short last time, where the caller runs; `nil` where it was not, or no longer is.
    func runShort() async -> Result<Outcome, UpstreamError>? {
        guard previous?.isShort == true else { return nil }
        do throws(UpstreamError) {
            let page = try await page(0, at: .first, byteCountMax: KnownPage.byteCountMax)
            if let page, page.next == nil { return outcome(nil) }
        } catch {
            return outcome(error)
        }
        restart()
        return nil
    }

    /// Walks to the true end. The list may change under an offset-counted walk: when its total moved, the
    /// walk begins again; a list that never holds still comes back with an error beside its rows.
    func run() async -> Result<Outcome, UpstreamError> {
        var error: UpstreamError?
        for round in 1...Self.roundsMax {
            if round > 1 { restart() }
            do throws(UpstreamError) {
                try await walkOnce()
                return outcome(nil)
            } catch let failure {
                error = failure
                guard failure.code == .markerLost else { break }
            }
        }
        return outcome(error)
    }

    @inline(never)
    private func restart() {
        gathered.withLock { $0 = Gathered(upstream: upstream, takesCensus: takesCensus) }
    }

    // Not inlined: what it needs would lie in the frame of a task that waits, which is taken from the heap.
    @inline(never)
    private func outcome(_ error: UpstreamError?) -> Result<Outcome, UpstreamError> {
        let shortfall = gathered.withLock { $0.loss.shortfall(of: $0.count) }
        if error != nil || shortfall != nil { copyCarried() }
        let gathered = gathered.withLock { $0 }
        let loss = gathered.loss.error
        if error == nil, let loss, !loss.code.leavesGoodRows { return .failure(loss) }
        let error = error ?? shortfall ?? loss
        if let error, gathered.readCount == 0 { return .failure(error) }
        let isUnchanged = gathered.carriedCount > 0
        return .success(
            Outcome(
                isUnchanged
                    ? previous?.snapshot ?? gathered.builder.finish() : gathered.builder.finish(),
                error: error,
                drift: gathered.drift,
                pages: error == nil ? gathered.pages : [],
                census: error == nil ? gathered.census : nil
            )
        )
    }

    private func walkOnce() async throws(UpstreamError) {
        var position = PagePosition.first
        var visited: Set<PagePosition> = []
        var totals: Set<Int> = []
        var index = 0
        // Of all pages so far, as their rows came.
        var end = 0
        while visited.count < Self.pagesMax {
            guard visited.insert(position).inserted else {
                throw UpstreamError(
                    .pagingFault,
                    "its paging leads back to a page that was read already"
                )
            }
            guard environment.timekeeper.now < deadline, !Task.isCancelled else {
                throw .walkTimeout
            }
            let rowCount = gathered.withLock { $0.loss.rowCount }
            // Without a bound every page is read.
            guard let page = try await page(index, at: position) else { break }
            if let total = page.total { totals.insert(total) }
            guard let next = page.next else { return try checkSteady(totals) }
            let (start, reached) = (position.offset, end)
            end = max(end, start + gathered.withLock { $0.loss.rowCount } - rowCount)
            position = next
            index += 1
            guard page.arrivals.isEmpty else { continue }
            // Whoever sends more than was asked for has sent the next pages, too.
            if gathered.withLock({ $0.hasAllStated }) { return try checkSteady(totals) }
            guard case .offset = next, start < reached else {
                throw UpstreamError(
                    .pagingFault,
                    "a page added no image and still named a next one"
                )
            }
            position = .offset(reached)
        }
        throw UpstreamError(.pagingFault, "its list has more than \(Self.pagesMax) pages")
    }

    /// `nil` where it has more bytes than it may have.
    private func page(
        _ index: Int,
        at position: PagePosition,
        byteCountMax: Int = .max
    ) async throws(UpstreamError) -> PageRecord? {
        let known = knownPage(index, at: position)
        let answer = try await caller.page(
            at: position,
            pushdown: pushdown,
            unless: known,
            byteCountMax: byteCountMax,
            until: deadline
        )
        return try keep(answer, known, at: position)
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

    // MARK: Keeping

    /// The page that stood at that place of the previous list.
    private func knownPage(_ index: Int, at position: PagePosition) -> PageRecord? {
        guard let pages = previous?.pages, index < pages.count, pages[index].position == position
        else { return nil }
        return pages[index]
    }

    /// Fails where there are more images than the operator allows.
    @inline(never)
    private func keep(
        _ answer: UpstreamCaller.PageAnswer,
        _ known: PageRecord?,
        at position: PagePosition
    ) throws(UpstreamError) -> PageRecord? {
        switch answer {
        case .tooLong: return nil
        case .unchanged:
            guard let known else {
                throw UpstreamError(.malformedAnswer, "it said 304 to a question without a tag")
            }
            return try keepKnown(known)
        case .read(let page, let identity):
            copyCarried()
            return try keep(page, identity, known, at: position)
        }
    }

    private func keepKnown(_ known: PageRecord) throws(UpstreamError) -> PageRecord {
        try takeBytes(known.identity.byteCount)
        let limit = caller.policy.imagesMax
        let record: PageRecord? = gathered.withLock { gathered in
            guard gathered.count + known.arrivals.count <= limit else { return nil }
            gathered.note(known.drift)
            gathered.census = nil
            gathered.loss.rowCount += known.arrivals.count
            gathered.loss.note(total: known.total)
            let before = gathered.count
            if gathered.readCount == 0, before == known.arrivals.lowerBound {
                gathered.carriedCount = known.arrivals.upperBound
            } else if let previous {
                gathered.builder.append(contentsOf: previous.snapshot, arrivals: known.arrivals)
            }
            let record = known.at(before..<gathered.count)
            gathered.pages.append(record)
            return record
        }
        guard let record else { throw Self.tooManyImages(limit) }
        return record
    }

    /// Fails where the list has more bytes than the operator allows.
    private func takeBytes(_ count: Int) throws(UpstreamError) {
        let limit = caller.policy.listBytesMax
        let isWithin = gathered.withLock { gathered in
            gathered.byteCount += count
            return gathered.byteCount <= limit
        }
        guard isWithin else { throw Self.tooManyBytes(limit) }
    }

    private static func tooManyBytes(_ limit: Int) -> UpstreamError {
        UpstreamError(
            .tooManyImages,
            "its list is longer than list_bytes_max (\(limit) bytes); raise it or narrow the query"
        )
    }

    private static func tooManyImages(_ limit: Int) -> UpstreamError {
        UpstreamError(
            .tooManyImages,
            "it lists more than images_max (\(limit)) images; raise images_max or narrow the query"
        )
    }

    /// From here on the list differs from the previous one, so what both share is copied.
    private func copyCarried() {
        guard let previous else { return }
        gathered.withLock { gathered in
            guard gathered.carriedCount > 0 else { return }
            let arrivals = 0..<gathered.carriedCount
            gathered.carriedCount = 0
            gathered.builder.append(contentsOf: previous.snapshot, arrivals: arrivals)
        }
    }

    private func keep(
        _ page: ListPage,
        _ identity: PageIdentity,
        _ known: PageRecord?,
        at position: PagePosition
    ) throws(UpstreamError) -> PageRecord {
        if let repetition = page.repetition { throw repetition }
        try takeBytes(identity.byteCount)
        let limit = caller.policy.imagesMax
        let before = known?.identity.whole
        // What was not read again may still be what nobody expected.
        let former = before == nil ? [] : known?.drift ?? []
        let drift = page.drift + former.filter { !page.drift.contains($0) }
        let record: PageRecord? = gathered.withLock { gathered in
            gathered.note(drift)
            gathered.loss.rowCount += page.rowCount(before)
            gathered.loss.unreadableCount += page.unreadableCount
            gathered.loss.note(total: page.total)
            note(page, identity.whole, in: &gathered.census)
            let start = gathered.readCount
            guard append(page, before, to: &gathered, limit: limit) else { return nil }
            let arrivals = start..<gathered.readCount
            let record = PageRecord(
                position: position,
                identity: identity.listing(arrivals.count),
                arrivals: arrivals,
                next: page.next,
                total: page.total,
                drift: drift
            )
            gathered.pages.append(record)
            return record
        }
        guard let record else { throw Self.tooManyImages(limit) }
        return record
    }

    /// Objects that were known count as well: a census is one of all there are.
    private func note(_ page: ListPage, _ whole: WholePage?, in census: inout MemberCensus?) {
        if let known = whole?.page {
            census?.note(known.objects.count) { Array(known.body[known.objects[$0]]) }
        } else {
            census?.note(page.images.count) { page.images[$0].raw }
        }
    }

    /// `false` where there are more images than that.
    private func append(
        _ page: ListPage,
        _ before: WholePage?,
        to gathered: inout Gathered,
        limit: Int
    ) -> Bool {
        guard let previous, let before, page.isNoted else {
            return append(page.images[...], to: &gathered.builder, limit: limit)
        }
        if let arrivals = replacedArrivals(page, before),
            let replacing = SnapshotBuilder(
                previous.snapshot,
                replacing: arrivals,
                with: page.images
            )
        {
            gathered.begin(with: replacing)
            return replacing.count <= limit
        }
        var builder = SnapshotBuilder(following: previous.snapshot)
        var rest = page.images[...]
        // Neighbours that are known are taken over at once.
        var known = 0..<0
        for object in page.objects {
            switch object.content {
            case .known(let number) where before.images(number).lowerBound == known.upperBound:
                known = known.lowerBound..<before.images(number).upperBound
            case .known(let number):
                builder.append(contentsOf: previous.snapshot, arrivals: known)
                known = before.images(number)
            case .images(let count):
                builder.append(contentsOf: previous.snapshot, arrivals: known)
                known = known.upperBound..<known.upperBound
                guard append(rest.prefix(count), to: &builder, limit: limit) else { return false }
                rest = rest.dropFirst(count)
            }
        }
        builder.append(contentsOf: previous.snapshot, arrivals: known)
        gathered.begin(with: builder)
        return builder.count <= limit
    }

    /// In whose places the images of a page stand that has the known one's objects, but for some with as many images
    /// each; `nil` where it is another one.
    private func replacedArrivals(_ page: ListPage, _ before: WholePage) -> [Int]? {
        guard page.objects.count == before.page.objects.count else { return nil }
        var replaced: [Int] = []
        for (number, object) in page.objects.enumerated() {
            switch object.content {
            case .known(number): continue
            case .known: return nil
            case .images(let count):
                let arrivals = before.images(number)
                guard arrivals.count == count else { return nil }
                replaced += arrivals
            }
        }
        return replaced
    }

    private func append(
        _ images: ArraySlice<Image>,
        to builder: inout SnapshotBuilder,
        limit: Int
    ) -> Bool {
        for image in images {
            if builder.count >= limit { return false }
            builder.append(image)
        }
        return true
    }
}

extension PagePosition {
    /// Rows before the page, where they are counted.
    fileprivate var offset: Int { if case .offset(let offset) = self { offset } else { 0 } }
}
