internal import TestKit

/// W5: every request another question.
enum WarmOverHTTPRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "W5",
            what: "warm: 100,000 images, every request a different query, over HTTP",
            target: "CPU ≤ 60 µs",
            measure: measure
        )
    }

    private static func measure(_ bench: Workbench) throws -> Finding {
        let folder = TemporaryFolder()
        let simulators = try GatewayProcess.simulators(images: 20_000, folder)
        let gateway = try GatewayProcess(GatewaySettings(origin: simulators.url), folder)
        let imageCount = try gateway.load()
        var contest = Contest()
        contest.wrk.script = (try Programs.file("Load/warm.lua"), [])
        let scores = try contest.run([gateway.contender("gateway", "")], folder)
        let score = try scores[0].clean()
        return Finding(
            measured: score.processorTime.text("µs"),
            isReached: score.processorTime <= 60,
            figures: score.figures()
                + [.init(name: "images", value: Double(imageCount), unit: "")],
            note: "\(imageCount) images, p99 \(score.percentile99.text("ms"))"
        )
    }
}
