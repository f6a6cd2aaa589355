/// The catalogs' own part of I2 and M1, without HTTP and decoding.
enum CatalogLoadRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "C0",
            what:
                "a million images put into catalogs: processor time and memory, raw objects included",
            target: "≤ 400 bytes per image",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) -> Finding {
        let images = bench.millionImages()
        return Finding(
            measured: images.memory.text("bytes"),
            isReached: images.memory <= 400,
            figures: [
                .init(name: "bytes_per_image", value: images.memory, unit: "bytes"),
                .init(name: "append", value: images.appending, unit: "µs"),
                .init(name: "finish", value: images.finishing, unit: "µs"),
            ],
            note: "per image \(images.appending.text("µs")) to append and "
                + "\(images.finishing.text("µs")) to finish"
        )
    }
}
