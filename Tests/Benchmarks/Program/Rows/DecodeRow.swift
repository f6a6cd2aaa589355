internal import CAllocationCounter

/// I1: reading lists and saying what they mean, one dialect after the other and all together.
enum DecodeRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "I1",
            what: "decode and normalize the five dialects",
            target: "≥ 200 MB/s each",
            measure: measure
        )
    }

    /// Images of each dialect: pages as the adapters ask for them, or one long list.
    private static let imageCount = 5_000
    private static let roundCount = 31

    private struct Score {
        let name: String
        let byteCount: Int
        let imageCount: Int
        let seconds: Double
        let allocationCount: Double

        var megabytesPerSecond: Double { Double(byteCount) / seconds / 1e6 }
    }

    private static func measure(_ bench: Workbench) throws -> Finding {
        let dialects = try DialectPages.all(imageCount: imageCount)
        let seconds = try bench.medianProcessorTimes(roundCount, of: dialects.count) {
            _ = try dialects[$0].decode()
        }
        let scores = try zip(dialects, seconds).map(score)
        let slowest = scores.map(\.megabytesPerSecond).min() ?? 0
        let total = Double(scores.map(\.byteCount).reduce(0, +)) / 1e6
        let together = total / scores.map(\.seconds).reduce(0, +)
        let parts = scores.map { score in
            "\(score.name) \(score.megabytesPerSecond.text("MB/s")), "
                + score.allocationCount.text("allocations/image")
        }
        return Finding(
            measured: together.text("MB/s"),
            isReached: slowest >= 200,
            figures: [.init(name: "decode", value: together, unit: "MB/s")]
                + scores.flatMap(figures),
            note: parts.joined(separator: "; ")
        )
    }

    private static func score(_ pages: DialectPages, _ seconds: Double) throws -> Score {
        let before = ig_allocation_count()
        let imageCount = try pages.decode()
        let allocationCount = ig_allocation_count() - before
        return Score(
            name: pages.name,
            byteCount: pages.byteCount,
            imageCount: imageCount,
            seconds: seconds,
            allocationCount: Double(allocationCount) / Double(imageCount)
        )
    }

    private static func figures(_ score: Score) -> [Finding.Figure] {
        [
            .init(name: "decode_\(score.name)", value: score.megabytesPerSecond, unit: "MB/s"),
            .init(name: "allocations_\(score.name)", value: score.allocationCount, unit: ""),
        ]
    }
}
