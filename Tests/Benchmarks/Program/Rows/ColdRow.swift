internal import TestKit

/// C1: nothing is kept, every request asks all five upstreams.
enum ColdRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "C1",
            what: "cold: 5 upstreams × 25 images, no caching, 1 connection",
            target: "CPU ≤ 0.30 × a Go aggregator",
            measure: measure
        )
    }

    static let target = "/v1/images?limit=25"

    /// Both kinds of upstreams count: a gateway may well see that an answer is the last one again, and
    /// is to be quick as well where it is not.
    private static func measure(_ bench: Workbench) throws -> Finding {
        let folder = TemporaryFolder()
        let (same, changing) = (TemporaryFolder(), TemporaryFolder())
        let lists = try Peers.lists(images: 25, same)
        let changingLists = try Peers.lists(images: 25, isChanging: true, changing)
        let gateway = try gateway(lists, same)
        let changingGateway = try self.gateway(changingLists, changing)
        let aggregator = try Aggregator.asking(changingLists.url, folder)
        var contenders = [
            changingGateway.contender("changed lists", target),
            gateway.contender("same lists", target),
        ]
        if let aggregator {
            contenders.append(
                Contest.Contender(
                    name: "Go aggregator",
                    probe: aggregator.process.probe,
                    url: aggregator.url + target
                )
            )
        }
        var contest = Contest()
        contest.wrk.connections = 1
        let scores = try contest.run(contenders, folder)
        let transfers = try BareTransfers.measured(lists.url, folder)
        return finding(try scores.map { try $0.clean() }, transfers: transfers * 1e6)
    }

    /// Nothing is kept, and nothing done but asking, merging and answering.
    static func settings(_ lists: ListeningProcess) -> GatewaySettings {
        GatewaySettings(origin: lists.url, ttl: "0s", isGuarded: false)
    }

    private static func gateway(
        _ lists: ListeningProcess,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> GatewayProcess {
        let gateway = try GatewayProcess(settings(lists), folder)
        let total = try gateway.load()
        guard total == 125 else {
            throw Unmeasured(reason: "the upstreams' 125 images came to \(total)")
        }
        return gateway
    }

    private static func finding(_ scores: [Contest.Score], transfers: Double) -> Finding {
        let (own, same) = (scores[0], scores[1])
        let peers = scores.dropFirst(2).map { $0.peer(of: own) }
        return Finding(
            measured: own.processorTime.text("µs"),
            isReached: peers.allSatisfy { $0.ratio <= 0.30 },
            figures: own.figures() + same.figures("same_lists_")
                + [.init(name: "transfers", value: transfers, unit: "µs")],
            peers: peers,
            note: "one image of each list changes every time; "
                + "\(same.processorTime.text("µs")) where none does; "
                + "five calls of libcurl alone \(transfers.text("µs"))"
        )
    }
}
