import ImageModel

extension Catalog {
    /// Answers a request. The same snapshots and request give the same bytes.
    public func evaluate(_ request: CatalogRequest) -> CatalogPage {
        let compiled = CompiledQuery(request.query)
        var matches = parts.map { $0.snapshot.matches(compiled, excluding: $0.excluded) }
        let tally = Tally(parts, matches, upstreams, countsValues: !request.facets.isEmpty)
        let facets = request.facets.map { ($0, tally.counts($0)) }
        var total = tally.total
        if !request.latestBy.isEmpty { total = keepLatest(&matches, by: request.latestBy) }
        let page = walk(matches, request)
        return CatalogPage(
            rows: page.encoder.bytes,
            rowCount: page.references.count,
            total: total,
            matchedByUpstream: tally.byUpstream,
            facets: facets,
            next: page.next,
            references: page.references
        )
    }

    private struct WalkedPage {
        var encoder: RowEncoder
        var references: [RowReference] = []
        var next: OrderKey?
    }

    /// Merges the parts' rows in order, one page of them.
    private func walk(_ matches: [RowSet], _ request: CatalogRequest) -> WalkedPage {
        var page = WalkedPage(encoder: RowEncoder(fields: request.fields, rowCount: request.limit))
        guard request.limit > 0,
            request.after.map({ $0.values.count == request.order.terms.count }) ?? true
        else { return page }
        var walks = zip(parts, matches).map { part, rows in
            PartWalk(part.snapshot, rows, request.order, after: request.after)
        }
        while let index = first(walks, request.order), let head = walks[index].head {
            if page.references.count == request.limit {
                page.next = page.references.last.map { $0.snapshot.orderKey($0.row, request.order) }
                break
            }
            page.encoder.append(head.row, of: head.snapshot)
            page.references.append(head)
            walks[index].advance()
        }
        return page
    }

    /// The walk whose head comes first; there are only a few.
    private func first(_ walks: [PartWalk], _ order: ImageOrder) -> Int? {
        var best: (index: Int, head: RowReference)?
        for (index, walk) in walks.enumerated() {
            guard let head = walk.head else { continue }
            if let best, best.head.compare(head, order) <= 0 { continue }
            best = (index, head)
        }
        return best?.index
    }
}

extension RowReference {
    func compare(_ other: RowReference, _ order: ImageOrder) -> Int {
        snapshot.compare(row, other.snapshot, other.row, order)
    }
}
