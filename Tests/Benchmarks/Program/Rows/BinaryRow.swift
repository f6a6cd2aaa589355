internal import Glibc
internal import TestKit

/// B1: what a user downloads, and what a contributor waits for.
enum BinaryRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "B1",
            what: "stripped binary with the standard library in it; clean release build",
            target: "≤ 20 MB; ≤ 3 min",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) throws -> Finding {
        guard bench.options.rows.contains("B1") else {
            throw Unmeasured(reason: "a clean build takes minutes; --rows B1 does it")
        }
        let folder = TemporaryFolder()
        let (wall, processor) = try buildTimes(into: folder.file("build"))
        let binary = folder.file("image-gateway")
        let built = "\(folder.path)/build/release/image-gateway"
        let strip = try ChildProcess([try Programs.required("strip"), "-o", binary, built])
        try strip.finish(atMost: .seconds(60))
        let size = Double(File.byteCount(binary) ?? 0) / 1e6
        return Finding(
            measured: "\(size.text("MB")); \(wall.text("s"))",
            isReached: size > 0 && size <= 20 && wall <= 180,
            figures: [
                .init(name: "binary", value: size, unit: "MB"),
                .init(name: "build_time", value: wall, unit: "s"),
                .init(name: "build_cpu", value: processor, unit: "s"),
            ],
            note: "CPU of the build \(processor.text("s"))"
        )
    }

    /// Seconds by the clock, and of processors.
    private static func buildTimes(
        into folder: String
    ) throws(Unmeasured) -> (wall: Double, processor: Double) {
        let begin = (ContinuousClock.now, Neighbours.spent(RUSAGE_CHILDREN))
        let swift = try ChildProcess([
            try Programs.required("swift"), "build", "-c", "release", "--product", "image-gateway",
            "--package-path", try Programs.repository(),
            "--scratch-path", folder,
        ])
        try swift.finish(atMost: .seconds(1200))
        return (begin.0.duration(to: .now).inSeconds, Neighbours.spent(RUSAGE_CHILDREN) - begin.1)
    }
}
