internal import Catalogs
internal import ImageModel

/// W4: how much a late page of a walk costs more than the first.
enum DeepPageRow {
    private static let page = 2_000

    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W4",
            what: "page 2,000 of a walk sorted by name",
            target: "≤ 1.2 × page 1",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) -> Finding {
        let catalog = bench.millionImages().catalog
        let first = CatalogRequest(order: ImageOrder([ImageOrder.Term(.name)]))
        var late = first
        for _ in 1..<page { late.after = catalog.evaluate(late).next }
        // In turns, so that a busy machine slows both.
        var (firsts, lates): ([Double], [Double]) = ([], [])
        for _ in 0..<20 {
            firsts.append(bench.medianProcessorTime(50) { _ = catalog.evaluate(first) } * 1e6)
            lates.append(bench.medianProcessorTime(50) { _ = catalog.evaluate(late) } * 1e6)
        }
        let (one, other) = (firsts.sorted()[10], lates.sorted()[10])
        return Finding(
            measured: "\((other / one).text("×"))",
            isReached: other <= one * 1.2,
            figures: [
                .init(name: "ratio", value: other / one, unit: "×"),
                .init(name: "page_1", value: one, unit: "µs"),
                .init(name: "page_2000", value: other, unit: "µs"),
            ],
            note: "\(one.text("µs")) and \(other.text("µs"))"
        )
    }
}
