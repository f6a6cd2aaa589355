internal import TestKit

/// H3: what loops cost each other.
enum TwoLoopsRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "H3",
            what: "hot, as H1, with two loops on two cores",
            target: "CPU ≤ 1.1 × one loop",
            measure: measure
        )
    }

    /// No gateway is bound to a core, so that both loops have one and the one loop may have either.
    private static func measure(_ bench: Workbench) throws -> Finding {
        guard Processors.ofServer != nil else { throw Unmeasured(reason: "there is one core only") }
        let folders = [TemporaryFolder(), TemporaryFolder()]
        let simulators = try GatewayProcess.simulators(images: 1_000, folders[0])
        let gateways = try zip(folders, [2, 1]).map { folder, loops in
            var settings = GatewaySettings(origin: simulators.url)
            settings.loops = loops
            let gateway = try GatewayProcess(settings, on: nil, folder)
            _ = try gateway.load()
            return gateway
        }
        let contenders = gateways.map {
            $0.contender("loops: \($0.settings.loops)", HotRow.target)
        }
        let scores = try withExtendedLifetime(gateways) {
            try Contest(roundCount: 5).run(contenders, folders[0]).map { try $0.clean() }
        }
        let peer = scores[1].peer(of: scores[0])
        return Finding(
            measured: scores[0].processorTime.text("µs"),
            isReached: peer.ratio <= 1.1,
            figures: scores[0].figures() + scores[1].figures("one_loop_"),
            peers: [peer]
        )
    }
}
