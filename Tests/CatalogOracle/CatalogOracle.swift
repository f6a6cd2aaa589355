public import Catalogs
public import ImageModel

/// A catalog beside the same images in plain arrays: says where their answers differ.
public struct CatalogOracle: Sendable {
    public let catalog: Catalog
    public let naive: NaiveCatalog
    private let upstreams: [String]

    public init(_ lists: [(upstream: String, images: [Image])]) {
        catalog = Catalog(lists)
        naive = NaiveCatalog(lists)
        upstreams = lists.map(\.upstream)
    }

    /// What the first page says otherwise than the plain loops.
    public func differences(_ request: CatalogRequest) -> [String] {
        let matches = naive.matches(request)
        let latest = naive.latest(matches, by: request.latestBy)
        let expected = latest.prefix(request.limit).map { naive.entries[$0] }
        let page = catalog.evaluate(request)
        var found: [String] = []
        func expect(_ isEqual: Bool, _ what: String) { if !isEqual { found.append(what) } }
        expect(page.total == latest.count, "total \(page.total), not \(latest.count)")
        expect(page.rowCount == expected.count, "\(page.rowCount) rows, not \(expected.count)")
        expect(page.ids == expected.map(\.image.id), "ids")
        expect(page.images() == expected.map(\.image), "images")
        expect((page.next == nil) == (latest.count <= request.limit), "next")
        let byUpstream = naive.facet(.upstream, matches)
        for upstream in upstreams {
            expect(page.matchCount(of: upstream) == byUpstream[upstream] ?? 0, "of \(upstream)")
        }
        for (field, values) in page.facets {
            let counts = Dictionary(values.map { ($0.value, $0.count) }) { $0 + $1 }
            expect(counts == naive.facet(field, matches), "facet \(field)")
            expect(values.count == counts.count, "values of \(field) repeat")
        }
        return found.map { "\($0): \(request)" }
    }

    /// What a walk over all pages sees otherwise, cursors encoded and decoded between them.
    public func differencesOfWalk(_ request: CatalogRequest) -> [String] {
        let expected = naive.latest(naive.matches(request), by: request.latestBy)
        var request = request
        var ids: [String] = []
        repeat {
            let page = catalog.evaluate(request)
            if page.total != expected.count { return ["total of a page: \(request)"] }
            ids += page.ids
            request.after = page.next.flatMap {
                OrderKey(decoding: $0.encoded(), order: request.order)
            }
            if page.next != nil, request.after == nil { return ["key: \(request)"] }
        } while request.after != nil && ids.count <= expected.count
        let isEqual = ids == expected.map { naive.entries[$0].image.id }
        return isEqual ? [] : ["walk of \(ids.count) images: \(request)"]
    }
}

extension Catalog {
    public init(_ lists: [(upstream: String, images: [Image])]) {
        self.init(
            lists.map { list in
                var builder = SnapshotBuilder(upstream: list.upstream)
                for image in list.images { builder.append(image) }
                return builder.finish()
            }
        )
    }
}
