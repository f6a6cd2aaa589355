internal import TestKit

/// H1: the same question again and again.
enum HotRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "H1",
            what: "hot: one page of 25 images, client key, 4 filters, metrics, access log",
            target: "CPU ≤ 1.25 × floor and ≤ 0.65 × nginx proxy_cache",
            measure: measure
        )
    }

    static let target = """
        /v1/images?os_family=linux&architecture=x86_64&status=available&visibility=public&limit=25
        """

    private static func measure(_ bench: Workbench) throws -> Finding {
        let folder = TemporaryFolder()
        let simulators = try GatewayProcess.simulators(images: 1_000, folder)
        let gateway = try GatewayProcess(GatewaySettings(origin: simulators.url), folder)
        _ = try gateway.load()
        let page = try gateway.connect().body(of: target, gateway.fields)
        try File.write(page, to: folder.file("page.json"))
        let floor = try Peers.floor(folder.file("page.json"), folder)
        let nginx = try Nginx.serving(page, folder)
        var contenders = [
            gateway.contender("gateway", target),
            contender("floor", floor.probe, floor.url),
        ]
        if let nginx {
            contenders.append(contender("nginx static", nginx.process.probe, nginx.staticURL))
            contenders.append(contender("nginx proxy_cache", nginx.process.probe, nginx.cachedURL))
        }
        let scores = try Contest(roundCount: 5).run(contenders, folder)
        return finding(try scores.map { try $0.clean() }, pageByteCount: page.count)
    }

    /// The peers are asked with the very same bytes.
    private static func contender(
        _ name: String,
        _ probe: ProcessProbe,
        _ url: String
    ) -> Contest.Contender {
        let fields = [GatewaySettings.keyField]
        return Contest.Contender(name: name, probe: probe, url: url + target, fields: fields)
    }

    private static func finding(_ scores: [Contest.Score], pageByteCount: Int) -> Finding {
        let own = scores[0]
        let peers = scores.dropFirst().map { $0.peer(of: own) }
        let limits = ["floor": 1.25, "nginx proxy_cache": 0.65]
        return Finding(
            measured: own.processorTime.text("µs"),
            isReached: peers.allSatisfy { $0.ratio <= limits[$0.name] ?? .infinity },
            figures: own.figures()
                + [.init(name: "page", value: Double(pageByteCount), unit: "bytes")],
            peers: peers,
            note: "\(pageByteCount) bytes, p99 \(own.percentile99.text("ms"))"
        )
    }
}
