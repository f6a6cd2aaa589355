internal import TestKit

/// H2: blocks of memory per request, and what a load leaves open.
enum AllocationsRow {
    static var row: BenchmarkRow {
        BenchmarkRow(
            id: "H2",
            what: "allocations per hot request",
            target: "0 in the median batch of 100, < 0.05 on average",
            measure: measure
        )
    }

    private static let batchCount = 200
    private static let batchRequestCount = 100
    /// Batches that do not count.
    private static let warmUpCount = 20

    private static func measure(_ bench: Workbench) throws -> Finding {
        let kept = try ofKeptLists()
        let cold = try ofNoLists()
        let left = max(kept.left, cold.left)
        return Finding(
            measured: kept.usual.formatted,
            isReached: kept.usual == 0 && kept.mean < 0.05 && left <= 0,
            figures: [
                .init(name: "hot_allocations", value: kept.usual, unit: "1/request"),
                .init(name: "hot_allocations_mean", value: kept.mean, unit: "1/request"),
                .init(name: "warm_allocations", value: kept.warm, unit: "1/request"),
                .init(name: "cold_allocations", value: cold.allocations, unit: "1/request"),
                .init(name: "descriptors_left", value: Double(left), unit: ""),
            ],
            note: "mean \(kept.mean.formatted) with what is done once a second; "
                + "warm \(kept.warm.formatted), cold \(cold.allocations.formatted); "
                + "descriptors left open by load: \(left)"
        )
    }

    /// `usual` is a batch's median: what happens once a second, such as giving answers a new date, falls
    /// into few batches; on a slow machine into more, so it counts in the mean alone.
    private static func ofKeptLists() throws(Unmeasured) -> (
        usual: Double, mean: Double, warm: Double, left: Int
    ) {
        let folder = TemporaryFolder()
        let simulators = try GatewayProcess.simulators(images: 1_000, folder)
        let counted = try CountedGateway(GatewaySettings(origin: simulators.url), folder)
        _ = try counted.gateway.load()
        let connection = try counted.gateway.connect()
        let hot = HTTPConnection.request(HotRow.target, counted.gateway.fields)
        let batch = Array(repeating: hot, count: batchRequestCount)
        var batches: [Double] = []
        for _ in 0..<batchCount + warmUpCount {
            batches.append(try counted.allocationsPerRequest(batch, over: connection))
        }
        batches.removeFirst(warmUpCount)
        let warm = (0..<2_000).map { question($0, counted.gateway.fields) }
        _ = try counted.allocationsPerRequest(Array(warm[..<500]), over: connection)
        return (
            batches.median,
            batches.reduce(0, +) / Double(batches.count),
            try counted.allocationsPerRequest(Array(warm[500...]), over: connection),
            try counted.descriptorsLeft(by: counted.gateway.contender("hot", HotRow.target), folder)
        )
    }

    /// No two numbers make the same question.
    private static func question(_ number: Int, _ fields: [String]) -> [UInt8] {
        let filters = ["os_distribution=ubuntu", "os_family=windows", "architecture=x86_64"]
        let orders = ["-created_at", "name", "-updated_at"]
        return HTTPConnection.request(
            "/v1/images?limit=25&\(filters[number % 3])&sort=\(orders[number / 3 % 3])"
                + "&created_after=2010-01-01T00:\(10 + number / 50):\(10 + number % 50)Z",
            fields
        )
    }

    private static func ofNoLists() throws(Unmeasured) -> (allocations: Double, left: Int) {
        let folder = TemporaryFolder()
        let lists = try Peers.lists(images: 25, isChanging: true, folder)
        let counted = try CountedGateway(ColdRow.settings(lists), folder)
        _ = try counted.gateway.load()
        let request = HTTPConnection.request(ColdRow.target)
        let requests = Array(repeating: request, count: 200)
        let connection = try counted.gateway.connect()
        _ = try counted.allocationsPerRequest(requests, over: connection)
        return (
            try counted.allocationsPerRequest(requests, over: connection),
            try counted.descriptorsLeft(
                by: counted.gateway.contender("cold", ColdRow.target),
                folder
            )
        )
    }
}

extension Double {
    /// Two digits behind the point, and none for a whole number.
    var formatted: String {
        guard isFinite else { return "?" }
        let rounded = (self * 100).rounded() / 100
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
