internal import Catalogs
internal import MonotonicTime
internal import Upstreams

/// What comes of what was said: one page, and of everybody an entry.
extension Federation {
    func answer(
        _ request: ListRequest,
        _ parts: [Part],
        after place: OrderKey?,
        generation: UInt64,
        lateness: Duration = .zero,
        isRepeated: Bool = false,
        _ timekeeper: any Timekeeper
    ) -> ListAnswer {
        let catalog = catalogs.catalog(of: parts.compactMap { $0.contribution.list?.snapshot }) {
            nodes.flatMap(\.snapshots)
        }
        let known = isRepeated ? catalog.page(for: request, date: timekeeper.date) : nil
        let cut = known ?? cut(catalog.catalog, request, after: place, timekeeper)
        if isRepeated, known == nil { catalog.keep(cut) }
        let page = cut.page
        let now = timekeeper.now
        return ListAnswer(
            page: page,
            nextCursor: cut.nextCursor,
            upstreams: parts.map { entry($0, page, request, now: now) },
            generation: generation,
            validUntil: validity(parts),
            fingerprint: fingerprint(parts),
            lateness: lateness,
            forwarded: parts.lazy.compactMap(\.forwarded).max()
        )
    }

    private func cut(
        _ catalog: Catalog,
        _ request: ListRequest,
        after place: OrderKey?,
        _ timekeeper: any Timekeeper
    ) -> KnownCatalog.Cut {
        let page = catalog.evaluate(
            CatalogRequest(
                query: request.query,
                order: request.order,
                latestBy: request.latestBy,
                facets: request.facets,
                limit: request.limit,
                after: place,
                fields: request.fields
            )
        )
        let date = timekeeper.date
        let nextCursor = page.next.map { sealer.seal($0, for: request, date: date) }
        return KnownCatalog.Cut(request, page, nextCursor, date: date)
    }

    /// The earliest end of what the answer is made of; whoever is not whole makes it end at once.
    private func validity(_ parts: [Part]) -> MonotonicClock.Instant? {
        var earliest: MonotonicClock.Instant?
        for part in parts {
            if part.contribution.state == .skipped, part.contribution.isComplete { continue }
            guard let until = part.contribution.validUntil else { return nil }
            earliest = min(earliest ?? until, until)
        }
        return earliest
    }

    /// Of who contributed what.
    private func fingerprint(_ parts: [Part]) -> UInt64 {
        var hash = StableHash()
        for part in parts {
            let snapshot = part.contribution.list?.snapshot.fingerprint ?? 0
            let isFailed: UInt64 = part.contribution.state == .failed ? 1 : 0
            hash.combine(part.node.id)
            hash.combine(UInt64(truncatingIfNeeded: snapshot), isFailed)
            if let error = part.contribution.error { hash.combine(error.code.rawValue) }
        }
        return hash.word
    }

    private func entry(
        _ part: Part,
        _ page: CatalogPage,
        _ request: ListRequest,
        now: MonotonicClock.Instant
    ) -> UpstreamEntry {
        let list = part.contribution.list
        return UpstreamEntry(
            name: part.node.name,
            state: part.contribution.state,
            isComplete: part.contribution.isComplete,
            matched: page.matchCount(of: part.node.id),
            fetchedAt: list?.fetchedAtText,
            age: list.map { $0.fetched.duration(to: now) },
            latency: list?.latency,
            error: part.contribution.error,
            explanation: request.explains ? explanation(part, request, now: now) : nil
        )
    }

    private func explanation(
        _ part: Part,
        _ request: ListRequest,
        now: MonotonicClock.Instant
    ) -> UpstreamEntry.Explanation {
        let status = part.node.status(now: now)
        let possible = part.node.caller.adapter.pushdown(for: request.query)?.parameters ?? []
        return UpstreamEntry.Explanation(
            pushedDown: part.contribution.pushedDown?.parameters ?? [],
            couldPushDown: possible,
            images: part.contribution.list?.snapshot.count ?? 0,
            breaker: status.breaker,
            cache: UpstreamEntry.Cache(
                state: status.state,
                images: status.images,
                age: status.age,
                ttl: part.node.policy.ttl,
                isLoading: status.isWalking
            ),
            walks: status.walks,
            calls: status.calls.calls,
            retries: status.calls.retries,
            waited: part.waited,
            drift: status.drift
        )
    }
}
