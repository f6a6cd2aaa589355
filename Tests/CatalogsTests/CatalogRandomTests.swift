import CatalogOracle
import Catalogs
import ImageModel
import TestKit
import Testing

/// Each argument is a seed; a failure names it.
struct CatalogRandomTests {
    static let seeds = Array(UInt64(0)..<24)

    @Test("The index answers every request like plain loops do", arguments: seeds)
    func equalsNaive(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let oracle = CatalogOracle(RandomImages.lists(&generator))
        for _ in 0..<12 {
            #expect(oracle.differences(RandomRequests.request(&generator)) == [])
        }
    }

    @Test("A walk visits every match once and in order, whatever the page size", arguments: seeds)
    func walks(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let oracle = CatalogOracle(RandomImages.lists(&generator))
        for limit in [1, 7, 100] {
            var request = RandomRequests.request(&generator)
            request.limit = limit
            #expect(oracle.differencesOfWalk(request) == [])
        }
    }

    @Test("Thousands of images in five lists that overlap are answered like plain loops do")
    func thousands() {
        var generator = SplitMix(seed: 7)
        let oracle = CatalogOracle(RandomImages.largeLists(of: 400, &generator))
        for _ in 0..<25 {
            #expect(oracle.differences(RandomRequests.request(&generator)) == [])
        }
        for _ in 0..<4 {
            #expect(oracle.differencesOfWalk(RandomRequests.request(&generator)) == [])
        }
    }

    @Test("Images in any order of arrival give the same bytes and fingerprint", arguments: seeds)
    func arrivalOrder(seed: UInt64) {
        var generator = SplitMix(seed: seed)
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
