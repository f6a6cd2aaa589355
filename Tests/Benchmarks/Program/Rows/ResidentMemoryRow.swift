/// M1: what the whole process keeps in memory with a million images.
enum ResidentMemoryRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "M1",
            what: "resident memory of the process at 1,000,000 images",
            target: "≤ 600 bytes per image",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) throws -> Finding {
        let load = try bench.doFullLoad()
        defer { bench.endFullLoad() }
        let gateway = load.gateway
        let connection = try gateway.connect()
        let atRest = gateway.probe.residentBytes
        _ = try connection.body(of: "/v1/images?limit=50&os_family=linux", gateway.fields)
        _ = try connection.body(of: "/v1/images?limit=50&fields=id,raw", gateway.fields)
        let bytes = Double(gateway.probe.residentBytes)
        let each = bytes / Double(load.imageCount)
        return Finding(
            measured: each.text("bytes"),
            isReached: each <= 600,
            figures: [
                .init(name: "bytes_per_image", value: each, unit: "bytes"),
                .init(name: "resident", value: bytes, unit: "bytes"),
                .init(name: "resident_before_pages", value: Double(atRest), unit: "bytes"),
                .init(name: "images", value: Double(load.imageCount), unit: ""),
            ],
            note: "\((bytes / 1e6).text("MB")) after a page and a page with raw, "
                + "\((Double(atRest) / 1e6).text("MB")) before"
        )
    }
}
