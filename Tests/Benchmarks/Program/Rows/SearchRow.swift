internal import Catalogs
internal import ImageModel

/// W3: words anywhere in an image.
enum SearchRow {
    /// A word in many names, one in descriptions alone, digits that ids are full of, one of nowhere, and
    /// three that must all occur.
    private static let questions = ["ubuntu", "platform", "a3f", "nowhere", "web debian 64"]

    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W3",
            what: "`q=` substring words, page and exact total",
            target: "≤ 25 ms",
            measure: measure
        )
    }

    /// The slowest question counts.
    private static func measure(_ bench: Workbench) -> Finding {
        let catalog = bench.millionImages().catalog
        let times = questions.map { question in
            var query = ImageQuery()
            query.words = question.split(separator: " ").map(String.init)
            return bench.medianProcessorTime(10) {
                _ = catalog.evaluate(CatalogRequest(query: query))
            } * 1e3
        }
        let slowest = times.max() ?? 0
        return Finding(
            measured: slowest.text("ms"),
            isReached: slowest <= 25,
            figures: zip(questions, times).map { .init(name: $0, value: $1, unit: "ms") },
            note: zip(questions, times).map { "\($0): \($1.text("ms"))" }.joined(separator: ", ")
        )
    }
}
