internal import TestKit

/// A gateway whose allocations are counted, by a library that is loaded into it before any other.
final class CountedGateway {
    let gateway: GatewayProcess
    private let counts: String

    init(_ settings: GatewaySettings, _ folder: TemporaryFolder) throws(Unmeasured) {
        counts = folder.file("allocations")
        gateway = try GatewayProcess(
            settings,
            environment: [
                "LD_PRELOAD": try Programs.product("libAllocationCounter.so"),
                "ALLOCATION_COUNTS": counts,
            ],
            folder
        )
        guard allocationCount > 0 else { throw Unmeasured(reason: "no allocation is counted") }
    }

    /// Blocks that its allocator has handed out since the start.
    var allocationCount: Int {
        let bytes = File.bytes(counts) ?? []
        guard bytes.count >= 8 else { return 0 }
        return bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
    }

    /// Blocks for each of `requests`, asked one after the other over a connection that has been used
    /// before; whatever the gateway does besides in that time counts too.
    func allocationsPerRequest(
        _ requests: [[UInt8]],
        over connection: HTTPConnection
    ) throws(Unmeasured) -> Double {
        let before = allocationCount
        for request in requests {
            let status = try connection.answer(to: request).status
            guard status == 200 else {
                throw Unmeasured(reason: "a request was answered \(status)")
            }
        }
        return Double(allocationCount - before) / Double(requests.count)
    }

    /// Descriptors that a second of load with 64 connections leaves open.
    func descriptorsLeft(by contender: Contest.Contender, _ folder: TemporaryFolder)
        throws(Unmeasured) -> Int
    {
        var wrk = Wrk(seconds: 1, fields: contender.fields)
        wrk.connections = 64
        // What is opened once and kept, such as connections to upstreams, is no loss.
        _ = try wrk.drive(contender.url, folder)
        let before = descriptors { _ in false }
        _ = try wrk.drive(contender.url, folder)
        return descriptors { $0 <= before } - before
    }

    /// How many there are once they suit, or after three seconds.
    private func descriptors(_ suit: (Int) -> Bool) -> Int {
        let probe = gateway.probe
        _ = Wait.until(
            { suit(probe.descriptorCount) },
            atMost: .seconds(3),
            every: .milliseconds(50)
        )
        return probe.descriptorCount
    }
}
