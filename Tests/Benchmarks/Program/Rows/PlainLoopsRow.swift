internal import CatalogOracle
internal import Catalogs
internal import TestKit

/// The property behind all answers, at scale: they are those of plain loops over the images.
enum PlainLoopsRow {
    private static let requestCount = 30
    private static let walkCount = 1

    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W0",
            what: "1,000,000 images over 5 upstreams that overlap: random queries, orders, facets, "
                + "groups and whole walks, held against plain loops",
            target: "0 differences",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) -> Finding {
        bench.endMillionImages()
        var generator = SplitMix(seed: 2_026)
        let oracle = CatalogOracle(RandomImages.largeLists(of: 200_000, &generator))
        var differences: [String] = []
        for _ in 0..<requestCount {
            differences += oracle.differences(RandomRequests.request(&generator))
        }
        for _ in 0..<walkCount {
            var request = RandomRequests.request(&generator)
            request.limit = 1_000
            differences += oracle.differencesOfWalk(request)
        }
        return Finding(
            measured: "\(differences.count) differences",
            isReached: differences.isEmpty,
            figures: [
                .init(name: "differences", value: Double(differences.count), unit: ""),
                .init(name: "images", value: Double(oracle.naive.entries.count), unit: ""),
            ],
            note: differences.first ?? "\(requestCount) requests, \(walkCount) walks"
        )
    }
}
