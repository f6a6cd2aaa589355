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
        var walks = SortedWalks(walks(matches, request))
        rows.reserveCapacity(min(request.limit, matches.reduce(0) { $0 + $1.count }))
        while let head = walks.first {
            if rows.count == request.limit {
                return (
                    rows, rows.last.map { parts[$0.part].snapshot.orderKey($0.row, request.order) }
                )
            }
            rows.append(head)
            walks.advance()
        }
        return (rows, nil)
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

/// Walks by their heads, the last one comes first in the order; there are only a few.
private struct SortedWalks {
    private var walks: [PartWalk] = []

    init(_ unsorted: [PartWalk]) {
        walks.reserveCapacity(unsorted.count)
        for walk in unsorted where walk.head != nil { insert(walk) }
    }

    var first: RowAddress? {
        walks.last.flatMap { walk in walk.head.map { RowAddress(part: walk.part, row: $0.row) } }
    }

    /// Leaves the first head behind; there is one.
    mutating func advance() {
        walks[walks.count - 1].advance()
        if walks[walks.count - 1].head == nil { walks.removeLast() } else { settle() }
    }

    private mutating func insert(_ walk: PartWalk) {
        walks.append(walk)
        settle()
    }

    /// Moves the last walk to its place.
    private mutating func settle() {
        var index = walks.count - 1
        while index > 0, walks[index - 1].precedes(walks[index]) {
            walks.swapAt(index - 1, index)
            index -= 1
        }
    }
}
