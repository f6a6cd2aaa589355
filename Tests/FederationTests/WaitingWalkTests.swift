import TestKit
import Testing
import Upstreams

@testable import Federation

/// What an operator's verbs do to a walk that waits because the cloud asked to be left alone.
@Suite(.timeLimit(.minutes(1)))
struct WaitingWalkTests {
    private static let policy = UpstreamPolicy(
        ttl: .seconds(10),
        staleWhileRevalidate: .zero,
        retries: 2
    )
    private static let asked = FakeCloud.tooManyRequests

    /// A cloud whose third page is asked for too soon; it would answer by now.
    private func waitingFixture(
        _ walk: (Fixture) async throws -> Void
    ) async throws -> (FakeCloud, Fixture) {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { ($0.pageSize, $0.failure, $0.failingFrom) = (10, Self.asked, 3) }
        let fixture = try Fixture([cloud], policy: Self.policy)
        try await walk(fixture)
        await settle { fixture.nodes[0].pause(now: fixture.time.now) != nil }
        cloud.change { $0.failure = nil }
        return (cloud, fixture)
    }

    @Test("A reset lets a waiting walk go on at once, with what it has")
    func reset() async throws {
        let (cloud, fixture) = try await waitingFixture { $0.nodes[0].startWalk() }
        fixture.nodes[0].reset()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .cached && entry.matched == 30 && entry.error == nil)
        #expect(cloud.calls == 4 && cloud.walks == 1)
    }

    @Test("A refresh makes a waiting walk ask again at once")
    func refresh() async throws {
        let (cloud, fixture) = try await waitingFixture { $0.nodes[0].startWalk() }
        #expect(fixture.nodes[0].refresh())
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        #expect(try await fixture.list().upstreams[0].matched == 30)
        #expect(cloud.calls == 4 && cloud.walks == 1)
    }

    @Test("A refresh asks a cloud that asked to be left alone where no walk waits")
    func refreshWithinPause() async throws {
        let cloud = FakeCloud((0..<3).map { FakeCloud.image($0) })
        cloud.change { $0.failure = Self.asked }
        let fixture = try Fixture([cloud], policy: Self.policy)
        #expect(try await fixture.list().upstreams[0].error?.code == .throttled)
        #expect(fixture.nodes[0].refresh())
        await settle { cloud.calls == 2 }
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        // It says so again, and is believed again.
        #expect(fixture.nodes[0].pause(now: fixture.time.now) != nil)
        #expect(try await fixture.list().upstreams[0].error?.code == .throttled)
        #expect(cloud.calls == 2)
    }

    @Test("A purge ends a waiting walk that nobody waits for; the next question reads anew")
    func purge() async throws {
        let (cloud, fixture) = try await waitingFixture { $0.nodes[0].startWalk() }
        fixture.nodes[0].purge()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .failed && entry.matched == 0)
        #expect(entry.error?.code == .throttled && cloud.calls == 3)
        fixture.time.time.advance(by: .seconds(20))
        #expect(try await fixture.list().upstreams[0].matched == 30)
        #expect(cloud.walks == 2)
    }

    @Test("Whoever waits for a walk that a purge ends gets what is read after it")
    func purgeUnderWaiters() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let gate = Gate()
        cloud.change { ($0.pageSize, $0.gate, $0.gatedFrom) = (10, gate, 2) }
        let fixture = try Fixture([cloud], policy: Self.policy)
        async let answer = fixture.list()
        await settle { cloud.calls == 2 }
        cloud.change { ($0.images, $0.gate) = ((0..<7).map { FakeCloud.image($0) }, nil) }
        fixture.nodes[0].purge()
        let entry = try await answer.upstreams[0]
        #expect(entry.state == .fresh && entry.matched == 7)
        // What the old walk still brings is nobody's.
        gate.open()
        await settle { cloud.calls >= 3 }
        #expect(try await fixture.list().upstreams[0].matched == 7)
    }

    @Test("A login that waits goes on after a reset, too")
    func login() async throws {
        let cloud = FakeCloud((0..<3).map { FakeCloud.image($0) })
        let pause = UpstreamError(
            .throttled,
            "too many logins",
            status: 429,
            isRetryable: true,
            retryAfter: .seconds(1)
        )
        cloud.change { ($0.failure, $0.failingFrom) = (pause, 2) }
        let fixture = try Fixture([cloud], policy: Self.policy, sessions: true)
        async let answer = fixture.list()
        await settle { fixture.nodes[0].pause(now: fixture.time.now) != nil }
        cloud.change { $0.failure = nil }
        fixture.nodes[0].reset()
        #expect(try await answer.upstreams[0].state == .fresh)
    }

    @Test("A turn that rate_limit leaves is waited for after a reset, too")
    func turn() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { $0.pageSize = 10 }
        var policy = Self.policy
        policy.requestsPerSecond = 1
        let fixture = try Fixture([cloud], policy: policy)
        async let answer = fixture.list()
        await settle { fixture.nodes[0].status(now: fixture.time.now).calls.calls == 2 }
        fixture.nodes[0].reset()
        for _ in 0..<100 { await Task.yield() }
        #expect(cloud.calls == 1)
        await settle { fixture.time.time.sleeperCount == 2 }
        fixture.time.time.advance(by: .seconds(1))
        await settle { fixture.nodes[0].status(now: fixture.time.now).calls.calls == 3 }
        #expect(cloud.calls == 2)
        fixture.time.time.advance(by: .seconds(1))
        #expect(try await answer.upstreams[0].error != nil || cloud.calls == 3)
    }
}
