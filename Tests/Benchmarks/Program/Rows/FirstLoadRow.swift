/// I2: how long until a million images are there, and what whoever asks meanwhile feels of it.
enum FirstLoadRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "I2",
            what: "first full load, 5 × 200,000 images from simulators, all pages",
            target: "≤ 15 s; hot p99 meanwhile ≤ 2 × idle",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) throws -> Finding {
        let load = try bench.doFullLoad()
        let isUndisturbed = load.during <= 2 * load.idle && load.failureCount == 0
        return Finding(
            measured: load.seconds.text("s"),
            isReached: load.seconds <= 15 && isUndisturbed,
            figures: [
                .init(name: "load_time", value: load.seconds, unit: "s"),
                .init(name: "load_cpu", value: load.processorSeconds, unit: "s"),
                .init(name: "images", value: Double(load.imageCount), unit: ""),
                .init(name: "hot_p99_idle", value: load.idle, unit: "ms"),
                .init(name: "hot_p99_during", value: load.during, unit: "ms"),
                .init(name: "hot_longest_during", value: load.longest, unit: "ms"),
                .init(name: "hot_failures", value: Double(load.failureCount), unit: ""),
            ],
            note: "\(load.imageCount) images, CPU \(load.processorSeconds.text("s")); "
                + "hot p99 \(load.during.text("ms")), longest \(load.longest.text("ms")), "
                + "p99 idle \(load.idle.text("ms"))"
        )
    }
}
