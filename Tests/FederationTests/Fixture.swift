import Caching
import Catalogs
import Cryptography
import Federation
import ImageModel
import MonotonicTime
import TestKit
import Testing
import Upstreams

/// A federation over clouds in memory, with time moved by hand.
struct Fixture {
    let time: ManualTimekeeper
    let federation: Federation
    let nodes: [UpstreamNode]

    struct ManualTimekeeper: Timekeeper {
        let time = ManualTime()
        private let epoch = MonotonicClock.now

        var now: MonotonicClock.Instant { time.now }

        var date: Timestamp {
            Timestamp(seconds: 1_800_000_000).advanced(by: epoch.duration(to: time.now))
        }

        func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
            await time.sleep(until: deadline)
            if Task.isCancelled { throw CancellationError() }
        }

        func call(
            at deadline: MonotonicClock.Instant,
            _ action: @escaping @Sendable () -> Void
        ) -> @Sendable () -> Void {
            let sleeper = Task {
                try await sleep(until: deadline)
                action()
            }
            return { sleeper.cancel() }
        }
    }

    init(
        _ clouds: [FakeCloud],
        policy: UpstreamPolicy = UpstreamPolicy(retries: 0, breakerFailures: 1_000),
        regions: [String] = [],
        key: [UInt8] = [UInt8](repeating: 9, count: 32),
        sessions: Bool = false,
        keeper: (any ListKeeper)? = nil,
        report: (@Sendable (UpstreamNews) -> Void)? = nil,
        after earlier: Fixture? = nil
    ) throws {
        let time = earlier?.time ?? ManualTimekeeper()
        self.time = time
        let publications = Publications()
        nodes = clouds.enumerated().map { index, cloud in
            UpstreamNode(
                settings: UpstreamSettings(
                    id: "up-\(index)",
                    provider: "fake",
                    region: regions.isEmpty ? "r1" : regions[index],
                    endpoint: "fake://cloud"
                ),
                policy: policy,
                adapter: FakeAdapter(cloud, session: sessions ? FakeSession(cloud: cloud) : nil),
                environment: WalkEnvironment(
                    transport: FakeTransport(cloud: cloud),
                    timekeeper: time,
                    keeper: keeper,
                    report: report,
                    seed: 1
                ),
                publications: publications,
                after: earlier?.nodes[index]
            )
        }
        let sealing = try #require(SealingKey(key))
        federation = Federation(
            nodes: nodes,
            publications: publications,
            sealer: CursorSealer(key: sealing)
        )
    }

    static func request(_ change: (inout ListRequest) -> Void = { _ in }) -> ListRequest {
        var request = ListRequest(limit: 50, deadline: .seconds(2))
        change(&request)
        return request
    }

    func list(_ change: (inout ListRequest) -> Void = { _ in }) async throws -> ListAnswer {
        try await federation.list(Self.request(change), timekeeper: time)
    }
}
