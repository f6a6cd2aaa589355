import Catalogs
import ImageModel
import TestKit
import Testing
import Upstreams

@testable import Federation

/// What is answered, and asked, when lists narrowed by the question cannot be read.
@Suite(.timeLimit(.minutes(1)))
struct NarrowedFailureTests {
    private static let policy = UpstreamPolicy(
        ttl: .seconds(60),
        staleWhileRevalidate: .zero,
        staleIfError: .seconds(600),
        imagesMax: 10,
        retries: 0
    )

    /// A list of thirty that is cut at ten, four of them `ubuntu`; the whole one was read before.
    private func cutFixture() async throws -> (FakeCloud, Fixture) {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud], policy: Self.policy)
        #expect(try await fixture.list().page.total == 10)
        return (cloud, fixture)
    }

    private func list(_ distribution: String, _ fixture: Fixture) async throws -> ListAnswer {
        try await fixture.list { $0.query.distributions = [distribution] }
    }

    @Test(
        "A narrowed list that cannot be read is answered from the one cut short, with the reason",
        arguments: [
            UpstreamError.Code.unauthorized, .throttled, .connectionFailed, .invalidRequest,
        ]
    )
    func heldRows(_ code: UpstreamError.Code) async throws {
        let (cloud, fixture) = try await cutFixture()
        cloud.change { $0.failure = UpstreamError(code, "no") }
        for _ in 0..<2 {
            let answer = try await list("ubuntu", fixture)
            let entry = answer.upstreams[0]
            #expect(entry.state == .partial && entry.matched == 4 && answer.page.total == 4)
            #expect(entry.error?.code == code && entry.age == .zero)
            #expect(!answer.isComplete && answer.isAnswered && answer.validUntil == nil)
        }
        #expect(cloud.calls == 2)
    }

    @Test("So is one that is not read in time")
    func silence() async throws {
        let (cloud, fixture) = try await cutFixture()
        let gate = Gate()
        cloud.change { $0.gate = gate }
        async let waiting = list("ubuntu", fixture)
        await settle { cloud.calls == 2 }
        fixture.time.time.advance(by: .seconds(2))
        let entry = try await waiting.upstreams[0]
        #expect(entry.state == .partial && entry.matched == 4)
        #expect(entry.error?.code == .deadlineExceeded)
        gate.open()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        #expect(try await list("ubuntu", fixture).page.total == 10)
    }

    @Test("A narrowed list from before comes first, and once it is too old neither is served")
    func olderList() async throws {
        let (cloud, fixture) = try await cutFixture()
        #expect(try await list("ubuntu", fixture).page.total == 10)
        cloud.change { $0.failure = UpstreamError(.unauthorized, "no") }
        fixture.time.time.advance(by: .seconds(61))
        let stale = try await list("ubuntu", fixture).upstreams[0]
        #expect(stale.state == .stale && stale.matched == 10 && stale.error?.code == .unauthorized)
        #expect(try await list("debian", fixture).upstreams[0].matched == 3)
        fixture.time.time.advance(by: .seconds(600))
        for distribution in ["ubuntu", "debian"] {
            let entry = try await list(distribution, fixture).upstreams[0]
            #expect(entry.state == .failed && entry.matched == 0)
        }
    }

    @Test(
        "What an upstream refuses to one question holds for all of them",
        arguments: [UpstreamError.Code.unauthorized, .forbidden, .throttled]
    )
    func refusal(_ code: UpstreamError.Code) async throws {
        let (cloud, fixture) = try await cutFixture()
        cloud.change { $0.failure = UpstreamError(code, "no", isRetryable: code == .throttled) }
        for index in 0..<20 {
            #expect(try await list("d\(index)", fixture).upstreams[0].error?.code == code)
        }
        #expect(cloud.calls == 2)
        fixture.time.time.advance(by: Self.policy.breakerOpenFor)
        for index in 20..<40 { _ = try await list("d\(index)", fixture) }
        #expect(cloud.calls == 3)
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: Self.policy.breakerOpenFor)
        for distribution in ["ubuntu", "debian"] {
            #expect(try await list(distribution, fixture).isComplete)
        }
    }

    @Test("What may pass is tried again after 1, 2, 4 seconds, whatever the questions are")
    func growing() async throws {
        let (cloud, fixture) = try await cutFixture()
        cloud.change {
            $0.failure = UpstreamError(.upstreamFault, "no", status: 500, isRetryable: true)
        }
        for tick in 0..<70 {
            _ = try await list("d\(tick)", fixture)
            fixture.time.time.advance(by: .milliseconds(100))
        }
        #expect(cloud.calls == 1 + 3)
    }

    @Test("A failure of the whole list holds for narrowed ones, and a reset ends both")
    func wholeList() async throws {
        let (cloud, fixture) = try await cutFixture()
        cloud.change { $0.failure = UpstreamError(.unauthorized, "no") }
        fixture.time.time.advance(by: .seconds(61))
        #expect(try await fixture.list().upstreams[0].error?.code == .unauthorized)
        #expect(try await list("ubuntu", fixture).upstreams[0].matched == 4)
        #expect(cloud.calls == 2)
        fixture.nodes[0].reset()
        _ = try await list("ubuntu", fixture)
        #expect(cloud.calls == 3)
        cloud.change { $0.failure = nil }
        fixture.nodes[0].reset()
        #expect(try await list("debian", fixture).isComplete)
    }

    @Test("What is wrong with one question keeps no other from being asked")
    func question() async throws {
        let (cloud, fixture) = try await cutFixture()
        cloud.change { $0.failure = UpstreamError(.invalidRequest, "no", status: 400) }
        for distribution in ["a", "b", "c", "a"] { _ = try await list(distribution, fixture) }
        #expect(cloud.calls == 4)
    }
}
