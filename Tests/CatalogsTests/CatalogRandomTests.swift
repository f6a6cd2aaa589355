import Catalogs
import ImageModel
import Testing

/// Each argument is a seed; a failure names it.
struct CatalogRandomTests {
    static let seeds = Array(UInt64(0)..<24)

    @Test("The index answers every request like a brute-force filter does", arguments: seeds)
    func equalsNaive(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let lists = RandomImages.lists(&generator)
        let (catalog, naive) = (Catalog(lists), NaiveCatalog(lists))
        for _ in 0..<12 {
            let request = RandomRequests.request(&generator)
            expect(catalog.evaluate(request), equals: naive, request)
        }
    }

    private func expect(_ page: CatalogPage, equals naive: NaiveCatalog, _ request: CatalogRequest)
    {
        let matches = naive.matches(request)
        let latest = naive.latest(matches, by: request.latestBy)
        let expected = latest.prefix(request.limit)
        #expect(page.total == latest.count, "\(request)")
        #expect(page.ids == expected.map(\.image.id), "\(request)")
        #expect(page.images() == expected.map(\.image), "\(request)")
        #expect(page.rowCount == expected.count)
        #expect((page.next == nil) == (latest.count <= request.limit))
        let byUpstream = naive.facet(.upstream, matches)
        for upstream in ["up0", "up1", "up2", "up3"] {
            #expect(page.matchCount(of: upstream) == byUpstream[upstream] ?? 0)
        }
        for (field, values) in page.facets {
            let counts = Dictionary(values.map { ($0.value, $0.count) }) { $0 + $1 }
            #expect(counts == naive.facet(field, matches), "\(field) \(request)")
            #expect(values.count == counts.count)
        }
    }

    @Test("A walk visits every match once and in order, whatever the page size", arguments: seeds)
    func walks(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let lists = RandomImages.lists(&generator)
        let (catalog, naive) = (Catalog(lists), NaiveCatalog(lists))
        for limit in [1, 7, 100] {
            var request = RandomRequests.request(&generator)
            request.limit = limit
            let expected = naive.latest(naive.matches(request), by: request.latestBy)
            var ids: [String] = []
            repeat {
                let page = catalog.evaluate(request)
                #expect(page.total == expected.count)
                ids += page.ids
                request.after = try page.next.map {
                    try #require(OrderKey(decoding: $0.encoded(), order: request.order))
                }
            } while request.after != nil && ids.count <= expected.count
            #expect(ids == expected.map(\.image.id), "\(request)")
        }
    }

    @Test("Images in any order of arrival give the same bytes and fingerprint", arguments: seeds)
    func arrivalOrder(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var lists = RandomImages.lists(&generator)
        for index in lists.indices {
            var seen: Set<String> = []
            lists[index].images.removeAll { !seen.insert($0.id).inserted }
        }
        let shuffled = lists.map { ($0.upstream, $0.images.shuffled(using: &generator)) }
        let (catalog, other) = (Catalog(lists), Catalog(shuffled))
        for (one, two) in zip(lists, shuffled) {
            #expect(snapshot(one).fingerprint == snapshot(two).fingerprint)
            #expect(snapshot(one).images() == snapshot(two).images())
        }
        for _ in 0..<8 {
            let request = RandomRequests.request(&generator)
            let (page, otherPage) = (catalog.evaluate(request), other.evaluate(request))
            #expect(page.rows == otherPage.rows)
            #expect(page.next == otherPage.next)
            #expect(page.total == otherPage.total)
        }
    }

    private func snapshot(_ list: (upstream: String, images: [Image])) -> Snapshot {
        var builder = SnapshotBuilder(upstream: list.upstream)
        for image in list.images { builder.append(image) }
        return builder.finish()
    }
}
