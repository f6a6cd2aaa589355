import Caching
import TestKit
import Testing
import Upstreams

@testable import Federation

/// What callers see, and what a sick upstream feels, while it fails.
@Suite(.timeLimit(.minutes(2)))
struct BrakesTests {
    private static let policy = UpstreamPolicy(
        ttl: .seconds(10),
        staleWhileRevalidate: .seconds(1),
        staleIfError: .seconds(86_400),
        retries: 0
    )
    private static let fault = UpstreamError(
        .upstreamFault,
        "it failed",
        status: 503,
        isRetryable: true
    )

    private static let asked = FakeCloud.tooManyRequests

    /// A list that was read and is too old by now, of a cloud that fails from now on.
    private func sickFixture(_ error: UpstreamError = fault) async throws -> (FakeCloud, Fixture) {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud], policy: Self.policy)
        #expect(try await fixture.list().isComplete)
        cloud.change { $0.failure = error }
        fixture.time.time.advance(by: .seconds(20))
        return (cloud, fixture)
    }

    @Test("Under load a sick upstream gets its probes and no more; callers get its list")
    func load() async throws {
        let (cloud, fixture) = try await sickFixture()
        for tick in 0..<600 {
            let answer = try await fixture.list()
            let entry = answer.upstreams[0]
            #expect(entry.state == .stale && entry.matched == 30 && answer.isAnswered)
            #expect(entry.age == .seconds(20) + .milliseconds(100) * tick)
            #expect([.upstreamFault, .circuitOpen].contains(entry.error?.code))
            #expect(entry.error?.status == 503)
            fixture.time.time.advance(by: .milliseconds(100))
        }
        // One call made the list, five open the breaker, one is let through every ten seconds.
        #expect(cloud.calls >= 2 && cloud.calls <= 1 + 5 + 6, "\(cloud.calls) calls")
    }

    @Test("Once it works again the next probe brings a fresh list")
    func recovery() async throws {
        let (cloud, fixture) = try await sickFixture()
        for _ in 0..<300 {
            _ = try await fixture.list()
            fixture.time.time.advance(by: .milliseconds(100))
        }
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: Self.policy.breakerOpenFor)
        var entry = try await fixture.list().upstreams[0]
        try await settle {
            entry = try await fixture.list().upstreams[0]
            return entry.state != .stale
        }
        // Whoever joins the probe itself is given what it brings.
        #expect([.fresh, .cached].contains(entry.state) && entry.error == nil)
        #expect(fixture.nodes[0].status(now: fixture.time.now).breaker.name == "closed")
    }

    @Test("Refused credentials are not shown again and again, and a reset shows them at once")
    func credentials() async throws {
        let error = UpstreamError(.unauthorized, "refused", status: 401)
        let (cloud, fixture) = try await sickFixture(error)
        for _ in 0..<90 {
            #expect(try await fixture.list().upstreams[0].error?.code == .unauthorized)
            fixture.time.time.advance(by: .milliseconds(100))
        }
        #expect(cloud.calls == 2)
        cloud.change { $0.failure = nil }
        fixture.nodes[0].reset()
        #expect(try await fixture.list().upstreams[0].state == .fresh)
    }

    @Test("Without a list the failure itself is the answer for a while, without a wait")
    func nothingKept() async throws {
        let cloud = FakeCloud()
        cloud.change { $0.failure = Self.fault }
        let fixture = try Fixture([cloud], policy: Self.policy)
        for _ in 0..<100 {
            let entry = try await fixture.list().upstreams[0]
            #expect(entry.state == .failed && entry.error?.code == .upstreamFault)
        }
        #expect(cloud.calls == 1)
        fixture.time.time.advance(by: .seconds(1))
        _ = try await fixture.list()
        #expect(cloud.calls == 2)
        fixture.time.time.advance(by: .seconds(1))
        _ = try await fixture.list()
        #expect(cloud.calls == 2)
    }

    @Test(
        "A cloud that asks to be left alone for longer than callers wait is named at once, with its time"
    )
    func retryAfter() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { $0.failure = Self.asked }
        let fixture = try Fixture([cloud], policy: UpstreamPolicy(ttl: .seconds(1), retries: 2))
        for (pause, left) in [(0, 20), (0, 20), (7, 13), (7, 6)] {
            fixture.time.time.advance(by: .seconds(pause))
            let entry = try await fixture.list().upstreams[0]
            #expect(entry.state == .failed && entry.error?.message == Self.asked.message)
            #expect(entry.error?.retryAfter == .seconds(left))
            let status = fixture.nodes[0].status(now: fixture.time.now)
            #expect(status.error == entry.error)
        }
        #expect(cloud.calls == 1)
        #expect(fixture.nodes[0].status(now: fixture.time.now).calls.retries == 0)
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: .seconds(6))
        #expect(fixture.nodes[0].status(now: fixture.time.now).error?.retryAfter == nil)
        #expect(try await fixture.list().upstreams[0].state == .fresh)
    }

    @Test("A cloud that is out of order and says for how long is not asked before, and is named so")
    func retryAfterOfFault() async throws {
        let error = UpstreamError(
            .upstreamFault,
            "it failed",
            status: 503,
            isRetryable: true,
            retryAfter: .seconds(60)
        )
        let (cloud, fixture) = try await sickFixture(error)
        for second in 0..<60 {
            // Whoever insists asks no earlier than the others.
            let entry = try await fixture.list { $0.demand.mustRevalidate = second % 2 == 1 }
                .upstreams[0]
            #expect(entry.state == .stale && entry.matched == 30)
            #expect(entry.error?.code == .upstreamFault && entry.error?.status == 503)
            #expect(entry.error?.retryAfter == .seconds(60 - second))
            fixture.time.time.advance(by: .seconds(1))
        }
        #expect(cloud.calls == 2)
        cloud.change { $0.failure = nil }
        #expect(try await fixture.list { $0.demand.mustRevalidate = true }.isComplete)
        #expect(cloud.calls == 3)
    }

    @Test("A probe that hung does not put off the next one: the interval counts from its beginning")
    func hangingProbe() async throws {
        let silence = UpstreamError(.deadlineExceeded, "no answer in time", isRetryable: true)
        let (cloud, fixture) = try await sickFixture(silence)
        while fixture.nodes[0].status(now: fixture.time.now).breaker.name != "open" {
            _ = try await fixture.list()
            await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
            fixture.time.time.advance(by: .seconds(1))
        }
        fixture.time.time.advance(by: Self.policy.breakerOpenFor)
        let (gate, before) = (Gate(), cloud.calls)
        cloud.change { $0.gate = gate }
        _ = try await fixture.list()
        await settle { cloud.calls == before + 1 }
        // The fault ends just after the probe has begun, which still hangs until its time-out.
        cloud.change { ($0.failure, $0.gate) = (nil, nil) }
        fixture.time.time.advance(by: Self.policy.callTimeout)
        gate.open()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        _ = try await fixture.list()
        for _ in 0..<10_000 where cloud.calls == before + 1 { await Task.yield() }
        #expect(cloud.calls == before + 2)
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        #expect(try await fixture.list().upstreams[0].error == nil)
    }

    @Test(
        "An attempt that took two requests counts as two, and what follows takes a new connection",
        arguments: zip([1, 2], [3, 2])
    )
    func lostRequests(requestCount: Int, calls: Int) async throws {
        let cloud = FakeCloud()
        let lost = UpstreamError(.connectionFailed, "no answer", isRetryable: true)
        cloud.change { $0.failure = lost.after(requests: requestCount) }
        let fixture = try Fixture(
            [cloud],
            policy: UpstreamPolicy(
                retries: 2,
                breakerFailures: calls,
                breakerOpenFor: .seconds(100)
            )
        )
        fixture.nodes[0].startWalk()
        await settle { cloud.calls == 1 }
        await settle {
            if fixture.time.time.sleeperCount > 0 {
                fixture.time.time.advance(by: .milliseconds(10))
            }
            return !fixture.nodes[0].status(now: fixture.time.now).isWalking
        }
        #expect(cloud.calls == calls)
        #expect(cloud.newConnections == calls - 1)
        // The breaker has opened; its probe is one request.
        fixture.time.time.advance(by: .seconds(100))
        fixture.nodes[0].startWalk()
        await settle { cloud.calls == calls + 1 }
        #expect(cloud.newConnections == calls)
    }

    @Test("In the middle of a list the pause is waited out, but not by callers, who are told of it")
    func retryAfterWithin() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { $0.pageSize = 10 }
        let fixture = try Fixture(
            [cloud],
            policy: UpstreamPolicy(ttl: .seconds(10), staleWhileRevalidate: .zero, retries: 2)
        )
        #expect(try await fixture.list().isComplete)
        cloud.change { ($0.failure, $0.failingFrom) = (Self.asked, 5) }
        fixture.time.time.advance(by: .seconds(11))
        async let first = fixture.list()
        await settle {
            fixture.nodes[0].status(now: fixture.time.now).calls.calls >= 5 && cloud.calls >= 5
        }
        // Whoever waits already is told when its time is up, and who comes then at once.
        await settle { fixture.nodes[0].pause(now: fixture.time.now) != nil }
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .stale && entry.matched == 30)
        #expect(entry.error?.code == .throttled && entry.error?.retryAfter == .seconds(20))
        fixture.time.time.advance(by: .seconds(2))
        #expect(try await first.upstreams[0].error?.retryAfter == .seconds(18))
        #expect(cloud.calls == 5)
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: .seconds(18))
        try await settle { try await fixture.list().upstreams[0].error == nil }
        #expect(cloud.calls >= 7)
    }
}
