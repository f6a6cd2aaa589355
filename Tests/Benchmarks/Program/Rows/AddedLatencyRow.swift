internal import TestKit

/// C2: what the gateway adds to the time of its slowest upstream.
enum AddedLatencyRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "C2",
            what: "latency added to the slowest of 5 upstreams of 20 ms, 200 requests/s",
            target: "p50 ≤ 1 ms, p99 ≤ 3 ms",
            measure: measure
        )
    }

    private static let upstreamSeconds = 0.020
    private static let requestsPerSecond = 200.0

    /// Requests that come while the upstreams are being asked join in and wait for less than 20 ms.
    /// They would flatter the figure, so only those count that waited for a whole call.
    private static func measure(_ bench: Workbench) throws -> Finding {
        let changed = try seen(isChanging: true)
        let same = try seen(isChanging: false)
        return finding(changed, same: same)
    }

    /// What was seen of upstreams one of whose images changes every time, or of none.
    private struct Seen {
        let own: (p50: Double, p99: Double)
        let direct: (p50: Double, p99: Double)
        let joined: Double
    }

    private static func seen(isChanging: Bool) throws -> Seen {
        let folder = TemporaryFolder()
        let lists = try Peers.lists(
            images: 25,
            delayMilliseconds: Int(upstreamSeconds * 1000),
            isChanging: isChanging,
            folder
        )
        let gateway = try GatewayProcess(ColdRow.settings(lists), folder)
        _ = try gateway.load()
        let direct = try times(of: directRequests, lists.port, seconds: 4)
        let all = try times(of: [HTTPConnection.request(ColdRow.target)], gateway.port, seconds: 10)
        let whole = all.filter { $0 >= upstreamSeconds }
        guard whole.count > 100 else { throw Unmeasured(reason: "the upstreams were hardly asked") }
        return Seen(
            own: added(whole),
            direct: added(direct),
            joined: 1 - Double(whole.count) / Double(all.count)
        )
    }

    /// One question to each upstream, as simple as a client can make it.
    private static var directRequests: [[UInt8]] {
        ["/aries", "/zenlayer", "/huawei", "/tencent", "/gmi"].map { HTTPConnection.request($0) }
    }

    private static func times(
        of parts: [[UInt8]],
        _ port: UInt16,
        seconds: Double
    ) throws(Unmeasured) -> [Double] {
        let load = PacedLoad(parts, to: port, perSecond: requestsPerSecond)
        try Processors.asClient { () throws(Unmeasured) in
            try load.run(seconds: 1)
            try load.run(seconds: seconds)
        }
        guard load.failureCount == 0 else {
            throw Unmeasured(reason: "\(load.failureCount) requests were not answered")
        }
        return Array(load.times.dropFirst(Int(requestsPerSecond)))
    }

    private static func added(_ times: [Double]) -> (p50: Double, p99: Double) {
        (
            (times.median - upstreamSeconds) * 1e3,
            (times.quantile(0.99) - upstreamSeconds) * 1e3
        )
    }

    private static func finding(_ changed: Seen, same: Seen) -> Finding {
        let (own, direct, joined) = (changed.own, changed.direct, changed.joined)
        return Finding(
            measured: "p50 \(own.p50.text("ms")), p99 \(own.p99.text("ms"))",
            isReached: own.p50 <= 1 && own.p99 <= 3,
            figures: [
                .init(name: "added_p50", value: own.p50, unit: "ms"),
                .init(name: "added_p99", value: own.p99, unit: "ms"),
                .init(name: "direct_p50", value: direct.p50, unit: "ms"),
                .init(name: "direct_p99", value: direct.p99, unit: "ms"),
                .init(name: "joined", value: joined, unit: "share"),
                .init(name: "same_lists_added_p50", value: same.own.p50, unit: "ms"),
                .init(name: "same_lists_added_p99", value: same.own.p99, unit: "ms"),
            ],
            note: "one image of each list changes every time; p50 \(same.own.p50.text("ms")), "
                + "p99 \(same.own.p99.text("ms")) where none does; asked directly, the slowest of five "
                + "adds p50 \(direct.p50.text("ms")), p99 \(direct.p99.text("ms")); "
                + "\(Int(joined * 100)) % joined a call and do not count"
        )
    }
}
