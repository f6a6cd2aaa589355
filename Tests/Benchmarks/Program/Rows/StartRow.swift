internal import TestKit

/// S1: how soon the gateway answers, and what it costs while nobody asks.
enum StartRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "S1",
            what: "start to ready, 5 upstreams, empty cache; resident and wake-ups when idle",
            target: "≤ 50 ms; ≤ 20 MB; 0 per second",
            measure: measure
        )
    }

    private static let startCount = 7
    private static let idleSeconds = 5.0

    private static func measure(_ bench: Workbench) throws -> Finding {
        let folder = TemporaryFolder()
        let lists = try Peers.lists(images: 25, folder)
        let settings = GatewaySettings(origin: lists.url)
        var times: [Double] = []
        for _ in 0..<startCount { times.append(try secondsToReady(settings, folder) * 1e3) }
        let gateway = try GatewayProcess(settings, folder)
        Wait.seconds(1)
        let resident = Double(gateway.probe.residentBytes) / 1e6
        let untouched = wakeUpsPerSecond(gateway.probe)
        _ = try gateway.load()
        // Connections to upstreams are closed some time after their last use; the client's are already.
        Wait.seconds(2)
        let settled = wakeUpsPerSecond(gateway.probe)
        return finding(times.median, resident, max(untouched, settled), gateway)
    }

    /// From before the program is started to its answer that it is ready.
    private static func secondsToReady(
        _ settings: GatewaySettings,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> Double {
        let begin = ContinuousClock.now
        let gateway = try GatewayProcess(settings, folder)
        _ = try HTTPConnection(to: gateway.adminPort).body(of: "/readyz")
        return begin.duration(to: .now).inSeconds
    }

    private static func wakeUpsPerSecond(_ probe: ProcessProbe) -> Double {
        let before = probe.switchCount
        Wait.seconds(idleSeconds)
        return Double(probe.switchCount - before) / idleSeconds
    }

    private static func finding(
        _ start: Double,
        _ resident: Double,
        _ wakeUps: Double,
        _ gateway: GatewayProcess
    ) -> Finding {
        let loaded = Double(gateway.probe.residentBytes) / 1e6
        let own = Double(gateway.probe.anonymousBytes) / 1e6
        return Finding(
            measured:
                "\(start.text("ms")); \(resident.text("MB")); \(wakeUps.formatted) per second",
            isReached: start <= 50 && resident <= 20 && wakeUps == 0,
            figures: [
                .init(name: "start", value: start, unit: "ms"),
                .init(name: "resident", value: resident, unit: "MB"),
                .init(name: "resident_loaded", value: loaded, unit: "MB"),
                .init(name: "anonymous_loaded", value: own, unit: "MB"),
                .init(name: "wake_ups", value: wakeUps, unit: "1/s"),
            ],
            note:
                "\(loaded.text("MB")) once 125 images are there, \(own.text("MB")) of them no file's"
        )
    }
}
