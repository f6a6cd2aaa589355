internal import Catalogs

/// W1: the usual question to a large catalog.
enum FilteredPageRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W1",
            what: "warm, 1,000,000 images over 5 upstreams, in process: 4 equality filters, newest "
                + "first, page of 50, exact total",
            target: "median ≤ 100 µs",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) -> Finding {
        let catalog = bench.millionImages().catalog
        let request = CatalogRequest(query: MillionImages.fourFilters)
        let time = bench.medianProcessorTime(1_000) { _ = catalog.evaluate(request) } * 1e6
        let bare = bench.medianProcessorTime(1_000) {
            _ = catalog.evaluate(CatalogRequest())
        }
        let page = catalog.evaluate(request)
        return Finding(
            measured: time.text("µs"),
            isReached: time <= 100,
            figures: [
                .init(name: "median", value: time, unit: "µs"),
                .init(name: "without_filter", value: bare * 1e6, unit: "µs"),
                .init(name: "page", value: Double(page.rows.count), unit: "bytes"),
            ],
            note: "\(page.total) match; the page alone \((bare * 1e6).text("µs"))"
        )
    }
}
