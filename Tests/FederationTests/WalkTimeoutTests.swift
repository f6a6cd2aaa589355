import TestKit
import Testing
import Upstreams

@testable import Federation

/// What is said of a walk that its own time-out ends in the middle of a call.
@Suite(.timeLimit(.minutes(1)))
struct WalkTimeoutTests {
    private static let late = UpstreamError(
        .deadlineExceeded,
        "no answer in time",
        isRetryable: true
    )

    /// The error of a walk whose call number `call` hangs for `pause` and is ended then.
    private func error(
        call: Int,
        hangingFor pause: Duration,
        walkTimeout: Duration
    ) async throws -> UpstreamError? {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let gate = Gate()
        cloud.change { state in
            (state.pageSize, state.gate, state.failure) = (10, gate, Self.late)
            (state.gatedFrom, state.failingFrom) = (call, call)
        }
        let fixture = try Fixture(
            [cloud],
            policy: UpstreamPolicy(
                callTimeout: .seconds(10),
                walkTimeout: walkTimeout,
                retries: 0
            )
        )
        fixture.nodes[0].startWalk()
        await settle { cloud.calls == call }
        fixture.time.time.advance(by: pause)
        gate.open()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        let error = fixture.nodes[0].status(now: fixture.time.now).error
        #expect(try await fixture.list().upstreams[0].error == error)
        return error
    }

    @Test("Where every page before came in time, walk_timeout is named")
    func withinList() async throws {
        let error = try await error(call: 3, hangingFor: .seconds(6), walkTimeout: .seconds(6))
        #expect(error == .walkTimeout)
    }

    @Test("A page that has had call_timeout for itself, and a first one, is what did not come")
    func silence() async throws {
        let own = try await error(call: 3, hangingFor: .seconds(10), walkTimeout: .seconds(60))
        #expect(own?.message == Self.late.message)
        let first = try await error(call: 1, hangingFor: .seconds(6), walkTimeout: .seconds(6))
        #expect(first?.message == Self.late.message)
    }

    @Test("Where the page failed before, and its next attempt is cut off, that failure is named")
    func attempts() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { state in
            (state.pageSize, state.failingFrom) = (10, 3)
            state.failure = UpstreamError(.upstreamFault, "no", status: 503, isRetryable: true)
        }
        let fixture = try Fixture(
            [cloud],
            policy: UpstreamPolicy(walkTimeout: .seconds(6), retries: 1)
        )
        fixture.nodes[0].startWalk()
        await settle { fixture.time.time.sleeperCount == 1 }
        let gate = Gate()
        cloud.change { ($0.failure, $0.gate) = (Self.late, gate) }
        fixture.time.time.advance(by: .milliseconds(100))
        await settle { cloud.calls == 4 }
        fixture.time.time.advance(by: .seconds(6))
        gate.open()
        await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        #expect(fixture.nodes[0].status(now: fixture.time.now).error?.status == 503)
    }
}
