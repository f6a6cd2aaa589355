import Caching
import Catalogs
import Federation
import ImageModel
import Synchronization
import TestKit
import Testing
import Upstreams

@Suite(.timeLimit(.minutes(2)))
struct FederationTests {
    private func images(_ range: Range<Int>, region: String = "r1") -> [Image] {
        range.map { FakeCloud.image($0, region: region) }
    }

    @Test("Every upstream is asked once and all rows are there")
    func fanOut() async throws {
        let clouds = [
            FakeCloud(images(0..<30, region: "a")), FakeCloud(images(0..<20, region: "b")),
        ]
        let fixture = try Fixture(clouds, regions: ["a", "b"])
        let answer = try await fixture.list()
        #expect(answer.page.total == 50)
        #expect(answer.isComplete)
        #expect(answer.upstreams.map(\.state) == [.fresh, .fresh])
        let again = try await fixture.list()
        #expect(again.upstreams.map(\.state) == [.cached, .cached])
        #expect(clouds.map(\.calls) == [1, 1])
    }

    @Test("A hundred different filters cause no upstream call after the first")
    func filtersAreLocal() async throws {
        let cloud = FakeCloud(images(0..<500))
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        for index in 0..<100 {
            let answer = try fixture.federation.listAtOnce(
                Fixture.request { $0.query.names = ["image \(index)*"] },
                timekeeper: fixture.time
            )
            #expect(try #require(answer).page.total >= 1)
        }
        #expect(cloud.calls == 1)
    }

    @Test("A question that would keep a thread for long is answered, but not at once")
    func longQuestion() async throws {
        let fixture = try Fixture([FakeCloud(images(0..<12_000))])
        _ = try await fixture.list()
        let request = Fixture.request { $0.query.names = (0..<200).map { "image \($0)" } }
        let few = Fixture.request { $0.query.names = ["image 1", "image 2"] }
        let federation = fixture.federation
        #expect(try federation.listAtOnce(request, timekeeper: fixture.time) == nil)
        #expect(try federation.listAtOnce(few, timekeeper: fixture.time)?.page.total == 2)
        let answer = try await federation.list(request, timekeeper: fixture.time)
        #expect(answer.page.total == 200)
        #expect(answer.upstreams.map(\.state) == [.cached])
    }

    @Test("A global id is asked of those alone who could list it, any other id of all")
    func idsArePlanned() async throws {
        let clouds = [
            FakeCloud(images(0..<30, region: "a")), FakeCloud(images(0..<20, region: "b")),
        ]
        let fixture = try Fixture(clouds, regions: ["a", "b"])
        let one = try await fixture.list { $0.query.ids = ["fake:b:img-1"] }
        #expect(one.page.ids == ["fake:b:img-1"])
        #expect(one.upstreams.map(\.state) == [.skipped, .fresh])
        #expect(clouds.map(\.calls) == [0, 1])
        let own = try await fixture.list { $0.query.ids = ["fake:b:img-1", "img-2"] }
        #expect(Set(own.page.ids) == ["fake:b:img-1", "fake:a:img-2", "fake:b:img-2"])
    }

    @Test("A failed upstream does not cancel its siblings and is named with its reason")
    func failure() async throws {
        let clouds = [FakeCloud(images(0..<10, region: "a")), FakeCloud()]
        clouds[1].change { $0.failure = UpstreamError(.connectionFailed, "refused") }
        let fixture = try Fixture(clouds, regions: ["a", "b"])
        let answer = try await fixture.list()
        #expect(answer.page.total == 10)
        #expect(!answer.isComplete && answer.isAnswered)
        #expect(answer.upstreams[1].state == .failed)
        #expect(answer.upstreams[1].error?.code == .connectionFailed)
        #expect(answer.validUntil == nil)
    }

    @Test("When all fail nobody has answered; when all ran out of time that is said")
    func allFail() async throws {
        let cloud = FakeCloud()
        cloud.change { $0.failure = UpstreamError(.connectionFailed, "refused") }
        let answer = try await Fixture([cloud]).list()
        #expect(!answer.isAnswered && !answer.isTimeout)
        let gate = Gate()
        let silent = FakeCloud(images(0..<5))
        silent.change { $0.gate = gate }
        let fixture = try Fixture([silent])
        async let pending = fixture.list()
        await settle { fixture.time.time.sleeperCount > 0 && silent.calls == 1 }
        fixture.time.time.advance(by: .milliseconds(1_500))
        let late = try await pending
        #expect(!late.isAnswered && late.isTimeout)
        gate.open()
        await settle { fixture.nodes[0].status(now: fixture.time.now).images == 5 }
        #expect(try await fixture.list().page.total == 5)
        #expect(silent.walks == 1)
    }

    @Test("Rows gathered before the caller's wait ends count as partial, and the walk goes on")
    func stillLoading() async throws {
        let gate = Gate()
        let cloud = FakeCloud(images(0..<25))
        cloud.change { state in
            state.pageSize = 10
            state.gate = gate
            state.gatedFrom = 3
        }
        let fixture = try Fixture([cloud])
        async let pending = fixture.list()
        await settle { cloud.calls == 3 && fixture.time.time.sleeperCount > 0 }
        fixture.time.time.advance(by: .milliseconds(1_500))
        let partial = try await pending
        #expect(partial.page.total == 20)
        #expect(partial.upstreams[0].state == .partial)
        #expect(partial.upstreams[0].error?.code == .stillLoading)
        // Nobody knows yet how long reading the list takes.
        #expect(partial.upstreams[0].latency == nil)
        #expect(!partial.isComplete)
        gate.open()
        await settle { fixture.nodes[0].status(now: fixture.time.now).images == 25 }
        #expect(try await fixture.list().isComplete)
    }

    @Test("A list that is read for the first time is partial between questions, not unasked")
    func standing() async throws {
        let gates = [Gate(), Gate()]
        let cloud = FakeCloud(images(0..<25))
        cloud.change { ($0.pageSize, $0.gate) = (10, gates[0]) }
        let fixture = try Fixture([cloud])
        func status() -> UpstreamNode.Status { fixture.nodes[0].status(now: fixture.time.now) }
        #expect(status().state == .skipped && !status().isWalking)
        #expect(fixture.nodes[0].refresh())
        await settle { cloud.calls == 1 }
        #expect(status().state == .partial && status().isWalking && status().images == nil)
        #expect(status().latency == nil && status().error == nil)
        cloud.change { $0.gate = gates[1] }
        gates[0].open()
        await settle { cloud.calls == 2 }
        #expect(status().state == .partial && status().imagesLoaded == 10)
        gates[1].open()
        await settle { !status().isWalking }
        #expect(status().state == .cached && status().latency != nil)
    }

    @Test("A first reading that failed stands as failed until the next one has rows")
    func standingAfterFailure() async throws {
        let cloud = FakeCloud(images(0..<25))
        cloud.change { $0.failure = UpstreamError(.forbidden, "403") }
        let fixture = try Fixture([cloud])
        func status() -> UpstreamNode.Status { fixture.nodes[0].status(now: fixture.time.now) }
        #expect(fixture.nodes[0].refresh())
        await settle { status().walkFailures == 1 && !status().isWalking }
        let gates = [Gate(), Gate()]
        cloud.change { ($0.pageSize, $0.failure, $0.gate) = (10, nil, gates[0]) }
        fixture.time.time.advance(by: .seconds(60))
        async let answer = fixture.list()
        await settle { cloud.calls == 2 }
        #expect(status().state == .failed && status().isWalking)
        cloud.change { $0.gate = gates[1] }
        gates[0].open()
        await settle { cloud.calls == 3 }
        #expect(status().state == .partial)
        gates[1].open()
        #expect(try await answer.isComplete)
    }

    @Test("A walk whose own time is up is told as timed out, whoever notices first")
    func walkTimeout() async throws {
        for (gatedFrom, count) in [(1, 0), (2, 10)] {
            let gate = Gate()
            let cloud = FakeCloud(images(0..<25))
            cloud.change { ($0.pageSize, $0.gate, $0.gatedFrom) = (10, gate, gatedFrom) }
            // A transport that is late to say so, as on a loaded machine.
            let policy = UpstreamPolicy(walkTimeout: .seconds(1), retries: 0)
            let fixture = try Fixture([cloud], policy: policy)
            async let pending = fixture.list()
            await settle { cloud.calls == gatedFrom && fixture.time.time.sleeperCount > 0 }
            fixture.time.time.advance(by: .milliseconds(1_500))
            let entry = try await pending.upstreams[0]
            #expect(entry.error?.code == .deadlineExceeded && entry.matched == count)
            #expect(entry.error?.message.contains("walk_timeout") == true)
            #expect(entry.state == (count == 0 ? .failed : .partial))
            gate.open()
            await settle { !fixture.nodes[0].status(now: fixture.time.now).isWalking }
        }
    }

    @Test("A thousand simultaneous cold requests make one walk of each upstream")
    func singleFlight() async throws {
        let gate = Gate()
        let clouds = (0..<3).map { _ in FakeCloud(images(0..<40)) }
        for cloud in clouds { cloud.change { $0.gate = gate } }
        let fixture = try Fixture(clouds)
        let totals = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<1_000 { group.addTask { try await fixture.list().page.total } }
            await settle { clouds.allSatisfy { $0.calls == 1 } }
            gate.open()
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(totals == [40])
        #expect(clouds.map(\.walks) == [1, 1, 1])
    }

    @Test("A caller that leaves changes nothing for the others")
    func leaving() async throws {
        let gate = Gate()
        let cloud = FakeCloud(images(0..<5))
        cloud.change { $0.gate = gate }
        let fixture = try Fixture([cloud])
        let leaver = Task { try await fixture.list().page.total }
        let stayer = Task { try await fixture.list().page.total }
        await settle { cloud.calls == 1 }
        leaver.cancel()
        _ = try await leaver.value
        gate.open()
        #expect(try await stayer.value == 5)
        #expect(cloud.walks == 1)
    }

    @Test("After its time a list is served stale while a new one is fetched")
    func staleWhileRevalidate() async throws {
        let cloud = FakeCloud(images(0..<5))
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        cloud.change { $0.images.append(FakeCloud.image(99)) }
        fixture.time.time.advance(by: .seconds(601))
        let stale = try await fixture.list()
        #expect(stale.upstreams[0].state == .stale)
        #expect(stale.page.total == 5)
        #expect(stale.upstreams[0].age == .seconds(601))
        await settle { fixture.nodes[0].status(now: fixture.time.now).images == 6 }
        #expect(try await fixture.list().upstreams[0].state == .cached)
        #expect(cloud.walks == 2)
    }

    @Test(
        "When refreshing fails the last list is served as stale with the error, until stale_if_error ends"
    )
    func staleIfError() async throws {
        let cloud = FakeCloud(images(0..<5))
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        cloud.change { $0.failure = UpstreamError(.upstreamFault, "500", isRetryable: true) }
        fixture.time.time.advance(by: .seconds(700))
        let stale = try await fixture.list()
        #expect(stale.upstreams[0].state == .stale)
        #expect(stale.upstreams[0].error?.code == .upstreamFault)
        #expect(stale.page.total == 5 && !stale.isComplete && stale.isAnswered)
        fixture.time.time.advance(by: .seconds(90_000))
        let failed = try await fixture.list()
        #expect(failed.upstreams[0].state == .failed)
        cloud.change { $0.failure = nil }
        fixture.time.time.advance(by: .seconds(2))
        #expect(try await fixture.list().upstreams[0].state == .fresh)
    }

    @Test("A refresh that finds the same images publishes nothing")
    func unchanged() async throws {
        let cloud = FakeCloud(images(0..<5))
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        let generation = fixture.federation.publications.generation
        cloud.change { $0.images.reverse() }
        fixture.time.time.advance(by: .seconds(3_000))
        #expect(try await fixture.list().upstreams[0].state == .fresh)
        #expect(fixture.federation.publications.generation == generation)
    }

    @Test("Two upstreams that list the same image give one row with both sources")
    func merging() async throws {
        let clouds = [FakeCloud(images(0..<10)), FakeCloud(images(5..<15))]
        let fixture = try Fixture(clouds)
        let answer = try await fixture.list()
        #expect(answer.page.total == 15)
        #expect(answer.upstreams.map(\.matched) == [10, 10])
        let text = String(decoding: answer.page.rows, as: UTF8.self)
        #expect(text.components("\"sources\":[\"up-0\",\"up-1\"]") == 5)
    }

    @Test("A session is made once for all walks and renewed once when it turns out to have ended")
    func sessions() async throws {
        let cloud = FakeCloud(images(0..<5))
        cloud.change { $0.token = "token-1" }
        let fixture = try Fixture([cloud], sessions: true)
        #expect(try await fixture.list().isComplete)
        cloud.change { $0.token = "token-2" }
        fixture.time.time.advance(by: .seconds(3_000))
        #expect(try await fixture.list().upstreams[0].state == .fresh)
        #expect(cloud.state.withLock { $0.logins } == 2)
        cloud.change { $0.token = "never" }
        fixture.time.time.advance(by: .seconds(3_000))
        let refused = try await fixture.list()
        #expect(refused.upstreams[0].error?.code == .sessionExpired)
        #expect(cloud.state.withLock { $0.logins } == 3)
    }

    @Test("only-if-cached never asks; no-cache always does")
    func directives() async throws {
        let cloud = FakeCloud(images(0..<5))
        let fixture = try Fixture([cloud])
        let empty = try await fixture.list { $0.demand.onlyIfCached = true }
        #expect(empty.upstreams[0].state == .skipped && !empty.isAnswered)
        #expect(cloud.calls == 0)
        _ = try await fixture.list()
        let forced = try await fixture.list { $0.demand.mustRevalidate = true }
        #expect(forced.upstreams[0].state == .fresh)
        #expect(cloud.walks == 2)
    }

    @Test("A scope hides upstreams wholly: rows, counts and entries")
    func scopes() async throws {
        let clouds = [
            FakeCloud(images(0..<10, region: "a")), FakeCloud(images(0..<7, region: "b")),
        ]
        let fixture = try Fixture(clouds, regions: ["a", "b"])
        let answer = try await fixture.list { $0.scope = .only(["up-1"]) }
        #expect(answer.page.total == 7)
        #expect(answer.upstreams.map(\.id) == ["up-1"])
        #expect(clouds[0].calls == 0)
    }
}

extension String {
    /// How often `part` occurs.
    func components(_ part: String) -> Int {
        ranges(of: part).count
    }
}
