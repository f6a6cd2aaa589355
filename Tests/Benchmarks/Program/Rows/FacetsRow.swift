internal import Catalogs
internal import ImageModel

/// W2: what a page of filters beside the list asks.
enum FacetsRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W2",
            what: "the same with 9 facets",
            target: "≤ 1 ms",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) -> Finding {
        let catalog = bench.millionImages().catalog
        let request = CatalogRequest(
            query: MillionImages.fourFilters,
            facets: FacetField.allCases
        )
        let time = bench.medianProcessorTime(200) { _ = catalog.evaluate(request) } * 1e3
        return Finding(
            measured: time.text("ms"),
            isReached: time <= 1,
            figures: [.init(name: "median", value: time, unit: "ms")]
        )
    }
}
