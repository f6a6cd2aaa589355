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
            rows: RowEncoder(fields: request.fields).encoded(page.rows, of: parts),
            rowCount: page.rows.count,
            total: total,
            facets: facets,
            next: page.next,
            upstreams: upstreams,
            matchCounts: tally.byUpstream,
            addresses: page.rows,
            parts: parts
        )
    }

    /// Merges the parts' rows in order, one page of them.
    private func walk(
        _ matches: [RowMatches],
        _ request: CatalogRequest
    ) -> (rows: [RowAddress], next: OrderKey?) {
        var rows: [RowAddress] = []
        guard request.limit > 0,
            request.after.map({ $0.values.count == request.order.terms.count }) ?? true
        else { return (rows, nil) }
        var walks = SortedWalks(walks(matches, request), request.order)
        rows.reserveCapacity(min(request.limit, matches.reduce(0) { $0 + $1.count }))
        while let row = walks.next(request.order) {
            if rows.count == request.limit {
                return (rows, rows.last.map { orderKey($0, request.order) })
            }
            rows.append(row)
        }
        return (rows, nil)
    }

    private func orderKey(_ row: RowAddress, _ order: ImageOrder) -> OrderKey {
        parts[row.part].snapshot.orderKey(row.row, order)
    }

    private func walks(_ matches: [RowMatches], _ request: CatalogRequest) -> [PartWalk] {
        parts.indices.filter { matches[$0].count > 0 }.map { index in
            PartWalk(
                parts[index].snapshot,
                part: index,
                matches[index],
                request.order,
                after: request.after,
                // One more than a page tells whether there is another.
                limit: min(request.limit, matches[index].count) + 1
            )
        }
    }
}
