import Caching
import Catalogs
import Federation
import ImageModel
import Synchronization
import TestKit
import Testing
import Upstreams

@Suite(.timeLimit(.minutes(2)))
struct KeepingTests {
    /// Remembers what it was given.
    private final class Keeper: ListKeeper {
        let lists = Mutex<[KeptList]>([])
        let forgotten = Mutex<[String]>([])

        func keep(_ list: KeptList) { lists.withLock { $0.append(list) } }
        func forget(upstream id: String) { forgotten.withLock { $0.append(id) } }
    }

    private let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })

    private func fixture(
        _ policy: UpstreamPolicy = UpstreamPolicy(retries: 0, breakerFailures: 1_000),
        keeper: Keeper? = nil
    ) throws -> Fixture {
        try Fixture([cloud], policy: policy, keeper: keeper)
    }

    private func kept(_ fixture: Fixture, age: Duration, isCut: Bool = false) -> KeptList {
        var builder = SnapshotBuilder(upstream: "up-0")
        for index in 0..<20 { builder.append(FakeCloud.image(index)) }
        return KeptList(
            settings: fixture.nodes[0].settings,
            snapshot: builder.finish(),
            fetchedAt: fixture.time.date.advanced(by: .zero - age),
            latency: .milliseconds(40),
            isCut: isCut
        )
    }

    @Test("Whatever a walk publishes is kept, with its time, and what is purged is forgotten")
    func keeps() async throws {
        let keeper = Keeper()
        let fixture = try fixture(keeper: keeper)
        _ = try await fixture.list()
        let list = try #require(keeper.lists.withLock { $0.first })
        #expect(list.snapshot.count == 30 && !list.isCut)
        #expect(list.fetchedAt == fixture.time.date)
        fixture.nodes[0].purge()
        #expect(cloud.state.withLock { $0.forgotten } == 1)
        #expect(keeper.forgotten.withLock { $0 } == ["up-0"])
    }

    @Test("A failed walk keeps nothing, and neither does one whose list is never served again")
    func keepsNothing() async throws {
        let keeper = Keeper()
        cloud.change { $0.failure = UpstreamError(.connectionFailed, "refused") }
        _ = try await fixture(keeper: keeper).list()
        cloud.change { $0.failure = nil }
        let passing = UpstreamPolicy(
            ttl: .zero,
            staleWhileRevalidate: .zero,
            staleIfError: .zero,
            retries: 0
        )
        _ = try await fixture(passing, keeper: keeper).list()
        #expect(keeper.lists.withLock { $0.isEmpty })
    }

    @Test(
        "A list from before the start is served at once as stale, with its true age, and asked for anew",
        arguments: [Duration.seconds(5), .seconds(3_600), .seconds(80_000)]
    )
    func restored(age: Duration) async throws {
        let fixture = try fixture()
        #expect(fixture.nodes[0].restore(kept(fixture, age: age)))
        #expect(fixture.nodes[0].status(now: fixture.time.now).isRestored)
        let answer = try #require(
            try fixture.federation.listAtOnce(Fixture.request(), timekeeper: fixture.time)
        )
        #expect(answer.upstreams[0].state == .stale)
        #expect(answer.upstreams[0].age == age)
        #expect(answer.page.total == 20 && answer.isComplete)
        #expect(answer.validUntil == nil)
        await settle { fixture.nodes[0].status(now: fixture.time.now).images == 30 }
        #expect(try await fixture.list().upstreams[0].state == .cached)
        #expect(!fixture.nodes[0].status(now: fixture.time.now).isRestored)
    }

    @Test(
        "While the upstream fails the restored list is served with the reason, and asked for sparingly"
    )
    func restoredAndSick() async throws {
        let fixture = try fixture()
        cloud.change { $0.failure = UpstreamError(.connectionFailed, "refused") }
        #expect(fixture.nodes[0].restore(kept(fixture, age: .seconds(3_600))))
        _ = try await fixture.list()
        await settle { fixture.nodes[0].status(now: fixture.time.now).walkFailures == 1 }
        for _ in 0..<50 {
            let entry = try await fixture.list().upstreams[0]
            #expect(entry.state == .stale && entry.error?.code == .connectionFailed)
        }
        #expect(cloud.calls == 1)
    }

    @Test("Past stale_if_error a list is not taken; one from the future is as old as now")
    func ages() throws {
        let fixture = try fixture()
        #expect(!fixture.nodes[0].restore(kept(fixture, age: .seconds(87_001))))
        #expect(fixture.nodes[0].status(now: fixture.time.now).images == nil)
        #expect(fixture.nodes[0].restore(kept(fixture, age: .seconds(-500))))
        #expect(fixture.nodes[0].status(now: fixture.time.now).age == .zero)
    }

    @Test("A request that wants nothing so old asks the upstream")
    func demands() async throws {
        let fixture = try fixture()
        #expect(fixture.nodes[0].restore(kept(fixture, age: .seconds(3_600))))
        let atOnce = try fixture.federation.listAtOnce(
            Fixture.request { $0.demand.maxAge = .seconds(60) },
            timekeeper: fixture.time
        )
        #expect(atOnce == nil)
        let answer = try await fixture.list { $0.demand.mustRevalidate = true }
        #expect(answer.upstreams[0].state == .fresh && answer.page.total == 30)
    }

    @Test("A list that was cut at images_max says so after the restart too")
    func cut() async throws {
        let fixture = try fixture()
        #expect(fixture.nodes[0].restore(kept(fixture, age: .seconds(60), isCut: true)))
        #expect(fixture.nodes[0].status(now: fixture.time.now).error?.code == .tooManyImages)
    }

    @Test("A node that is treated otherwise from now on begins with the list of its predecessor")
    func takeOver() async throws {
        let fixture = try fixture()
        _ = try await fixture.list()
        let policy = UpstreamPolicy(ttl: .seconds(5))
        let successor = try Fixture([cloud], policy: policy, after: fixture)
        #expect(successor.nodes[0].status(now: fixture.time.now).images == 30)
    }

    @Test("What a replaced node still reads is neither kept nor news")
    func retired() async throws {
        let news = Mutex(0)
        let keeper = Keeper()
        let fixture = try Fixture([cloud], keeper: keeper) { _ in news.withLock { $0 += 1 } }
        fixture.nodes[0].retire()
        cloud.change { $0.failure = UpstreamError(.upstreamFault, "503") }
        _ = try await fixture.list()
        cloud.change { $0.failure = nil }
        fixture.nodes[0].reset()
        let answer = try await fixture.list()
        #expect(answer.page.total == 30)
        #expect(keeper.lists.withLock { $0.isEmpty } && news.withLock { $0 } == 0)
    }
}
