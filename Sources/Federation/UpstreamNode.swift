internal import Caching
internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Synchronization
public import Upstreams

/// One configured upstream at run time: its published list, its walks, its failures.
///
/// Ownership: `state` is shared by all loops and held for moments only; walks run on the environment's
/// executor, short ones where the caller does, and publish through `finish`.
public final class UpstreamNode: Sendable {
    public let settings: UpstreamSettings
    let name: UpstreamName
    public let policy: UpstreamPolicy
    let caller: UpstreamCaller
    let environment: WalkEnvironment
    let walks: SingleFlight<WalkKey, WalkEnd>
    let state = Mutex(UpstreamState())
    public let publications: Publications

    /// `nil` is the whole list; anything else a narrowed one.
    struct WalkKey: Sendable, Hashable {
        var pushdown: Pushdown?
    }

    /// Narrowed lists kept for one upstream; more are dropped, oldest first.
    private static let narrowedListsMax = 32
    /// `earlier` is a node of the same settings that this one is to replace: both call on one account, and this one
    /// begins with its list, where that is whole: another bound may be why there is a new node. A list that the new
    /// bound does not allow is read anew.
    public init(
        settings: UpstreamSettings,
        policy: UpstreamPolicy,
        adapter: any ProviderAdapter,
        environment: WalkEnvironment,
        publications: Publications,
        after earlier: UpstreamNode? = nil
    ) {
        self.settings = settings
        name = UpstreamName(
            id: settings.id,
            provider: settings.provider,
            region: settings.region
        )
        self.policy = policy
        self.environment = environment
        self.publications = publications
        self.caller = UpstreamCaller(
            adapter: adapter,
            policy: policy,
            environment: environment,
            secrets: Array(settings.credentials.values),
            ledger: earlier?.caller.ledger
        )
        self.walks = SingleFlight(executor: environment.executor)
        if let list = earlier?.state.withLock({ $0.lists[WalkKey()] }), list.isWhole,
            list.snapshot.count <= policy.imagesMax, list.byteCount <= policy.listBytesMax
        {
            state.withLock { $0.lists[WalkKey()] = list }
        }
    }

    public var id: String { settings.id }

    var freshness: FreshnessPolicy {
        FreshnessPolicy(
            ttl: policy.ttl,
            staleWhileRevalidate: policy.staleWhileRevalidate,
            staleIfError: policy.staleIfError
        )
    }

    // MARK: Deciding

    /// What can be said without waiting; `nil` where the upstream must be asked first.
    func contributionAtOnce(
        _ demand: FreshnessDemand,
        _ query: ImageQuery,
        now: MonotonicClock.Instant
    ) -> Contribution? {
        guard policy.enabled else { return .skipped(complete: true) }
        let whole = state.withLock { $0.lists[WalkKey()] }
        var (key, known) = (WalkKey(), whole)
        if whole?.error?.code == .tooManyImages {
            key = narrowedKey(for: query)
            known = state.withLock { $0.lists[key] }
        }
        if demand.onlyIfCached, known == nil {
            return .skipped(complete: false, error: .notCached)
        }
        let verdict = known.map {
            freshness.verdict(age: $0.fetched.duration(to: now), request: demand)
        }
        if let known, case .fresh(let remaining) = verdict, known.isWorthKeeping,
            !known.isRestored
        {
            return contribution(.cached, known, key, validUntil: now + remaining)
        }
        let failure = state.withLock { $0.failure(of: key, now: now) }
        if let failure, now < failure.until {
            return fallback(key, after: failure.error(at: now), now: now)
        }
        guard let known, known.isWorthKeeping,
            known.isRestored
                ? isUsable(known, demand, now: now) : isServedMeanwhile(verdict, demand, failure)
        else {
            return demand.onlyIfCached ? .skipped(complete: false, error: .notCached) : nil
        }
        startWalk(key)
        return failure.map { fallback(key, after: $0.error(at: now), now: now) }
            ?? contribution(.stale, known, key)
    }

    /// Whether there is a list or a failure that may answer a question of the usual kind, or nobody to ask.
    func mayAnswerAtOnce(now: MonotonicClock.Instant) -> Bool {
        guard policy.enabled else { return true }
        return state.withLock { state in
            !state.failures.isEmpty
                || state.lists.contains { list in
                    if list.isRestored { return true }
                    switch freshness.verdict(age: list.fetched.duration(to: now)) {
                    case .fresh, .stale: return true
                    case .expired: return false
                    }
                }
        }
    }

    /// Whether nobody waits for the next walk: while a list is only a little stale, and, unless a request
    /// insists, for as long as walks fail. Then one question in the background tells when that is over.
    private func isServedMeanwhile(
        _ verdict: Freshness?,
        _ demand: FreshnessDemand,
        _ failure: UpstreamState.Failure?
    ) -> Bool {
        switch verdict {
        case .stale: true
        case .expired(usableOnError: true): failure != nil && demand.isDefault
        case .expired, .fresh, nil: false
        }
    }

    /// Why it must be asked for a list. That the request insists is the reason only where others would not wait.
    func forwardReason(_ key: WalkKey, now: MonotonicClock.Instant) -> ForwardReason {
        guard let known = state.withLock({ $0.lists[key] }), known.isWorthKeeping else {
            return .miss
        }
        switch freshness.verdict(age: known.fetched.duration(to: now)) {
        case .fresh, .stale: return .request
        case .expired: return .stale
        }
    }

    /// Pushing down pays only where the whole list is too large to hold.
    func narrowedKey(for query: ImageQuery) -> WalkKey {
        let isTooLarge = state.withLock { $0.lists[WalkKey()]?.error?.code == .tooManyImages }
        guard isTooLarge, let pushdown = caller.adapter.pushdown(for: query) else {
            return WalkKey()
        }
        let narrowed = WalkKey(pushdown: pushdown)
        let isNarrowed = state.withLock { state in
            let isKnown = state.lists[narrowed] != nil || state.running[narrowed] != nil
            return isKnown || state.hasRoomForNarrowedWalk
        }
        return isNarrowed ? narrowed : WalkKey()
    }

    func heldFailure(
        _ key: WalkKey,
        now: MonotonicClock.Instant
    ) -> Contribution? {
        guard let failure = state.withLock({ $0.failure(of: key, now: now) }), now < failure.until
        else { return nil }
        return fallback(key, after: failure.error(at: now), now: now)
    }

    /// That the upstream asked to be left alone, for as long as it did.
    func pause(now: MonotonicClock.Instant) -> UpstreamError? { caller.pause(now: now) }

    /// What there is while the upstream wants to be left alone for longer than the caller waits.
    func heldPause(
        _ key: WalkKey,
        now: MonotonicClock.Instant,
        until limit: MonotonicClock.Instant
    ) -> Contribution? {
        guard let pause = pause(now: now)?.retryAfter, now + pause >= limit else {
            return nil
        }
        return unfinished(key, now: now)
    }

    // MARK: Walking

    private typealias Published = (
        list: PublishedList, isChanged: Bool, failed: UpstreamState.Failure?, isRetired: Bool
    )

    /// Starts a walk that nobody waits for, unless one runs or has just failed.
    func startWalk(_ key: WalkKey = WalkKey()) {
        let now = environment.timekeeper.now
        if heldFailure(key, now: now) != nil { return }
        walks.start(key, on: place(of: key)) { [self] in await walk(key) }
    }

    /// Where the list's walk begins: a list that was short last time is read where the caller runs.
    func place(of key: WalkKey) -> (any TaskExecutor)? {
        let isShort = state.withLock { $0.lists[key]?.isShort == true }
        return isShort ? environment.nearby() : nil
    }

    func walk(_ key: WalkKey) async -> WalkEnd {
        while true {
            let begin = environment.timekeeper.now
            let walk = newWalk(key, at: begin)
            guard state.withLock({ $0.begin(walk, key) }) else {
                return noNarrowedWalk(now: begin)
            }
            let result = await traced(walk)
            if let end = end(walk, key, result, begin: begin) { return end }
            // Another walk is under way for whoever waited for this one, unless it is about to be.
            if Task.isCancelled { return WalkEnd(.failed(.walkEnded)) }
        }
    }

    @inline(never)
    private func noNarrowedWalk(now: MonotonicClock.Instant) -> WalkEnd {
        WalkEnd(fallback(WalkKey(), after: .noNarrowedWalk, now: now))
    }

    /// `nil` where the walk was given up meanwhile, so that nothing of it counts.
    @inline(never)
    private func end(
        _ walk: UpstreamWalk,
        _ key: WalkKey,
        _ result: Result<UpstreamWalk.Outcome, UpstreamError>,
        begin: MonotonicClock.Instant
    ) -> WalkEnd? {
        // After what it leaves is published, so that nobody sees neither.
        defer { state.withLock { $0.end(walk, key) } }
        let now = environment.timekeeper.now
        switch result {
        case .success(let outcome):
            return finish(walk, key, outcome, begin: begin, now: now).map(WalkEnd.init)
        case .failure(let error): return fail(walk, key, error, now: now).map(WalkEnd.init)
        }
    }

    // Not inlined, here and below: what it needs would lie in the frame of a task that waits, which is taken from
    // the heap.
    @inline(never)
    private func newWalk(_ key: WalkKey, at now: MonotonicClock.Instant) -> UpstreamWalk {
        UpstreamWalk(
            upstream: id,
            caller: caller,
            pushdown: key.pushdown,
            previous: state.withLock { $0.lists[key] },
            environment: environment,
            takesCensus: key.pushdown == nil && isCensusDue(at: now)
        )
    }

    /// A list that turns out long does not go on where somebody is served.
    func read(_ walk: UpstreamWalk) async -> Result<UpstreamWalk.Outcome, UpstreamError> {
        if let result = await walk.runShort() { return result }
        return await withTaskExecutorPreference(environment.executor) { await walk.run() }
    }

    private func isCensusDue(at now: MonotonicClock.Instant) -> Bool {
        state.withLock { $0.lastCensus.map { $0 + MemberCensus.pause <= now } ?? true }
    }

    @inline(never)
    private func finish(
        _ walk: UpstreamWalk,
        _ key: WalkKey,
        _ outcome: UpstreamWalk.Outcome,
        begin: MonotonicClock.Instant,
        now: MonotonicClock.Instant
    ) -> Contribution? {
        if let error = outcome.error, !error.code.leavesGoodRows {
            guard let kept = fail(walk, key, error, now: now) else { return nil }
            if kept.state == .stale { return kept }
        }
        let date = environment.timekeeper.date
        let fetchedAtText = Timestamp(seconds: date.seconds).rfc3339
        let published = state.withLock { state -> Published? in
            guard state.running[key] === walk else { return nil }
            let failed = state.failures[key]
            let old = state.lists[key]?.snapshot
            let isSame = old?.fingerprint == outcome.snapshot.fingerprint
            // Pages name images by their arrival.
            let isSameOrder = old?.arrivalFingerprint == outcome.snapshot.arrivalFingerprint
            let list = PublishedList(
                snapshot: isSame ? old ?? outcome.snapshot : outcome.snapshot,
                fetchedAtText: fetchedAtText,
                fetched: now,
                latency: begin.duration(to: now),
                error: outcome.error,
                pages: isSame && !isSameOrder ? [] : outcome.pages
            )
            state.lists[key] = list
            if list.isWorthKeeping { state.succeeded(key) }
            for (word, count) in outcome.drift { state.note(word, count) }
            if let census = outcome.census {
                state.lastCensus = now
                for name in state.census.advance(to: census) { state.note("vanished:\(name)", 1) }
            }
            state.lists.dropNarrowed(
                beyond: Self.narrowedListsMax,
                images: policy.imagesMax,
                since: now - (policy.ttl + policy.staleIfError),
                but: key
            )
            return (list, list.snapshot !== old, failed, state.isRetired)
        }
        guard let (list, isChanged, failed, isRetired) = published else { return nil }
        if let failed, list.isWorthKeeping, key == WalkKey(), !isRetired {
            report(.recovered(after: failed.since.duration(to: now)), images: list.snapshot.count)
        }
        if isChanged { publications.publish() }
        if key == WalkKey(), list.isWorthKeeping, list.error?.code != .rowsUnreadable, isKept,
            !isRetired
        {
            environment.keeper?.keep(kept(list, at: date))
        }
        return contribution(
            list.error == nil ? .fresh : .partial,
            list,
            key,
            validUntil: list.isWorthKeeping ? now + policy.ttl : nil
        )
    }

    @inline(never)
    private func fail(
        _ walk: UpstreamWalk,
        _ key: WalkKey,
        _ error: UpstreamError,
        now: MonotonicClock.Instant
    ) -> Contribution? {
        let nextProbe = caller.breaker(now: now).nextProbe
        let noted = state.withLock { state -> (isNews: Bool, images: Int?)? in
            guard state.running[key] === walk else { return nil }
            // Of narrowed lists there are as many as there are questions.
            if state.failures.count > Self.narrowedListsMax {
                state.failures = state.failures.filter { $0.key.pushdown == nil }
            }
            let before = state.failures[key]
            let streak = state.streak(of: key, error, now: now)
            let isNews =
                error.code.isCause && error.code != before?.reported && key == WalkKey()
                && !state.isRetired
            let hold = FailureHold.duration(
                after: error,
                streak: streak,
                openFor: policy.breakerOpenFor,
                nextProbe: nextProbe
            )
            let failure = UpstreamState.Failure(
                error: error,
                failed: now,
                until: now + hold,
                streak: streak,
                since: before?.since ?? now,
                reported: isNews ? error.code : before?.reported
            )
            state.note(failure, of: key)
            state.walkFailureCount += 1
            return (isNews, state.lists[key]?.snapshot.count)
        }
        guard let noted else { return nil }
        if noted.isNews { report(.failing(error), images: noted.images) }
        return fallback(key, after: error, now: now)
    }

    // MARK: Keeping

    /// Takes over a list from before the start, unless there is one; `false` where it is too old.
    public func restore(_ kept: KeptList) -> Bool {
        let (now, date) = (environment.timekeeper.now, environment.timekeeper.date)
        guard let list = restored(kept, now: now, date: date) else { return false }
        state.withLock { state in
            if state.lists[WalkKey()] == nil { state.lists[WalkKey()] = list }
        }
        publications.publish()
        return true
    }

    /// From now on its policy is the one in force.
    public func takeEffect() { caller.ledger.follow(policy, now: environment.timekeeper.now) }

    /// Another node, or none, stands for this upstream from now on. Walks that run still answer who waits for them;
    /// nothing else hears of them.
    public func retire() { state.withLock { $0.isRetired = true } }
}
