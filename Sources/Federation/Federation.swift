internal import Catalogs
internal import ImageModel
internal import MonotonicTime
public import Upstreams

/// Many upstreams as one list: plans who must be asked, asks them at the same time, merges what came,
/// cuts one page out of it and says who is missing and why.
public final class Federation: Sendable {
    /// In configuration order, which decides whose fields win where two list the same image.
    public let nodes: [UpstreamNode]
    public let publications: Publications
    let sealer: CursorSealer
    let catalogs = CatalogStore()

    /// Share of a request's time that is kept back for merging and answering, and its upper bound.
    private static let reservedShare = 0.1
    private static let reservedMax = Duration.milliseconds(100)

    public init(nodes: [UpstreamNode], publications: Publications, sealer: CursorSealer) {
        self.nodes = nodes
        self.publications = publications
        self.sealer = sealer
    }

    /// The answer where nobody must be waited for and which takes no thread for long, else `nil`. Fails like
    /// `list`.
    public func listAtOnce(
        _ request: ListRequest,
        timekeeper: any Timekeeper
    ) throws(CursorSealer.Failure) -> ListAnswer? {
        let place = try place(of: request, timekeeper)
        let generation = publications.generation
        let now = timekeeper.now
        let nodes = visibleNodes(request.scope)
        var parts: [Part] = []
        parts.reserveCapacity(nodes.count)
        for node in nodes {
            guard let part = partAtOnce(node, request, now: now) else { return nil }
            parts.append(part)
        }
        if isLong(request.query, parts) { return nil }
        return answer(request, parts, after: place, generation: generation, timekeeper)
    }

    /// Waits for whoever must be asked, within the request's deadline. A question that takes long is worked on by
    /// another thread than the caller's.
    public func list(
        _ request: ListRequest,
        timekeeper: any Timekeeper
    ) async throws(CursorSealer.Failure) -> ListAnswer {
        let place = try place(of: request, timekeeper)
        let generation = publications.generation
        let asked = timekeeper.now
        let parts = await gather(request, timekeeper)
        let lateness = Self.lateness(of: parts, asked: asked, back: timekeeper.now)
        guard isLong(request.query, parts) else {
            return answer(
                request,
                parts,
                after: place,
                generation: generation,
                lateness: lateness,
                isRepeated: true,
                timekeeper
            )
        }
        return await answerElsewhere(request, parts, place, generation, lateness, timekeeper)
    }

    // Not inlined: its copy of the request would lie in the frame of everybody who waits.
    @inline(never)
    private func answerElsewhere(
        _ request: ListRequest,
        _ parts: [Part],
        _ place: OrderKey?,
        _ generation: UInt64,
        _ lateness: Duration,
        _ timekeeper: any Timekeeper
    ) async -> ListAnswer {
        let work: @Sendable () -> ListAnswer = { [self] in
            answer(
                request,
                parts,
                after: place,
                generation: generation,
                lateness: lateness,
                isRepeated: true,
                timekeeper
            )
        }
        return await withTaskGroup(of: ListAnswer.self) { group in
            group.addTask(executorPreference: globalConcurrentExecutor) { work() }
            return await group.next() ?? work()
        }
    }

    /// Looks that a question may take on a serving loop: some thirty milliseconds.
    static let looksMax = 2_000_000

    /// Whether its words and patterns, each of which may look at every image, would keep a thread from everybody
    /// else.
    private func isLong(_ query: ImageQuery, _ parts: [Part]) -> Bool {
        let patternCount = query.words.count + query.names.count
        if patternCount == 0 { return false }
        let imageCount = parts.reduce(0) { $0 + ($1.contribution.list?.snapshot.count ?? 0) }
        return imageCount * patternCount > Self.looksMax
    }

    /// How long the asking has waited for its turn: before its first child began, and behind the last one.
    private static func lateness(
        of parts: [Part],
        asked: MonotonicClock.Instant,
        back: MonotonicClock.Instant
    ) -> Duration {
        guard let begun = parts.map(\.begun).min(), let done = parts.map(\.done).max() else {
            return .zero
        }
        return asked.duration(to: begun) + done.duration(to: back)
    }

    /// One child per upstream; children return values and never throw, so no failure ends a sibling.
    private func gather(
        _ request: ListRequest,
        _ timekeeper: any Timekeeper
    ) async -> [Part] {
        let reserve = min(request.deadline * Self.reservedShare, Self.reservedMax)
        let deadline = timekeeper.now + (request.deadline - reserve)
        let asking = Asking(request, until: deadline, timekeeper)
        let nodes = visibleNodes(request.scope)
        return await withTaskGroup(of: (Int, Part).self) { group in
            for (index, node) in nodes.enumerated() {
                group.addTask { [self] in (index, await part(node, asking)) }
            }
            var parts = [Part?](repeating: nil, count: nodes.count)
            for await (index, part) in group { parts[index] = part }
            return parts.compactMap { $0 }
        }
    }

    /// What every child is asked for. A class, since each child would have its own copy of the request.
    final class Asking: Sendable {
        let request: ListRequest
        let deadline: MonotonicClock.Instant
        let timekeeper: any Timekeeper

        init(
            _ request: ListRequest,
            until deadline: MonotonicClock.Instant,
            _ timekeeper: any Timekeeper
        ) {
            self.request = request
            self.deadline = deadline
            self.timekeeper = timekeeper
        }
    }

    /// A class: an answer looks at each of them several times, and a contribution has many references to count.
    final class Part: Sendable {
        let node: UpstreamNode
        let contribution: Contribution
        /// When asking began and ended, where anybody waited.
        let begun: MonotonicClock.Instant
        let done: MonotonicClock.Instant
        /// How long the request waited for this upstream.
        let waited: Duration
        /// Why it had to be asked; `nil` where it was not.
        let forwarded: ForwardReason?

        init(
            _ node: UpstreamNode,
            _ contribution: Contribution,
            begun: MonotonicClock.Instant,
            waited: Duration = .zero,
            forwarded: ForwardReason? = nil,
            done: MonotonicClock.Instant
        ) {
            self.node = node
            self.contribution = contribution
            self.begun = begun
            self.waited = waited
            self.forwarded = forwarded
            self.done = done
        }
    }

    private func partAtOnce(
        _ node: UpstreamNode,
        _ request: ListRequest,
        now: MonotonicClock.Instant
    ) -> Part? {
        if isExcluded(node, by: request.query) {
            return Part(node, .skipped(complete: true), begun: now, done: now)
        }
        return node.contributionAtOnce(request.demand, request.query, now: now)
            .map { Part(node, $0, begun: now, done: now) }
    }

    private func part(_ node: UpstreamNode, _ asking: Asking) async -> Part {
        if isExcluded(node, by: asking.request.query) {
            let now = asking.timekeeper.now
            return Part(node, .skipped(complete: true), begun: now, done: now)
        }
        return await node.part(asking)
    }

    /// What is wrong with the request's cursor, for who must tell of other mistakes too; `nil` where there is none.
    public func cursorFailure(
        of request: ListRequest,
        timekeeper: any Timekeeper
    ) -> CursorSealer.Failure? {
        do throws(CursorSealer.Failure) {
            _ = try place(of: request, timekeeper)
            return nil
        } catch {
            return error
        }
    }

    private func place(
        of request: ListRequest,
        _ timekeeper: any Timekeeper
    ) throws(CursorSealer.Failure) -> OrderKey? {
        guard let cursor = request.cursor else { return nil }
        return try sealer.open(cursor, for: request, date: timekeeper.date)
    }
}
