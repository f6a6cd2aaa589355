import Caching
import Catalogs
import ImageModel
import Synchronization
import TestKit
import Testing
import Upstreams

@testable import Federation

@Suite("Bounds of asking")
struct BoundsTests {
    @Test("A list that broke off in the middle is answered as partial and kept by nobody")
    func brokenWalk() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { state in
            state.pageSize = 10
            state.next = { _, _ in .offset(10) }
        }
        let fixture = try Fixture([cloud])
        let answer = try await fixture.list()
        #expect(answer.upstreams[0].state == .partial && answer.page.total == 20)
        #expect(!answer.isComplete && answer.validUntil == nil)
    }

    @Test("A walk whose rate_limit leaves no call in time ends at once and does not sleep past it")
    func rateLimit() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { $0.pageSize = 10 }
        let policy = UpstreamPolicy(
            walkTimeout: .seconds(100),
            retries: 0,
            requestsPerSecond: 0.001
        )
        let fixture = try Fixture([cloud], policy: policy)
        let answer = try await fixture.list()
        #expect(cloud.calls == 1)
        #expect(answer.upstreams[0].state == .partial && answer.page.total == 10)
        #expect(answer.upstreams[0].error?.code == .deadlineExceeded)
    }

    @Test("A cursor belongs to the client it was made for")
    func cursorOfClient() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud])
        func next(_ client: String?, _ cursor: String?) async throws -> String? {
            try await fixture.list { request in
                (request.limit, request.client, request.cursor) = (10, client, cursor)
            }.nextCursor
        }
        let cursor = try #require(try await next("a", nil))
        #expect(try await next("a", cursor) != nil)
        for other in ["b", nil, "nil", "a\""] {
            await #expect(throws: CursorSealer.Failure.invalid) { try await next(other, cursor) }
        }
    }

    @Test("Many different questions to a list cut short keep their failures and walks bounded")
    func narrowedFailures() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let policy = UpstreamPolicy(imagesMax: 10, retries: 0, breakerFailures: 1_000)
        let fixture = try Fixture([cloud], policy: policy)
        _ = try await fixture.list()
        cloud.change { $0.failure = UpstreamError(.invalidRequest, "refused") }
        for index in 0..<200 {
            let answer = try await fixture.list { $0.query.distributions = ["d\(index)"] }
            #expect(!answer.isComplete)
        }
        cloud.change { $0.failure = nil }
        let answer = try await fixture.list { $0.query.distributions = ["ubuntu"] }
        #expect(answer.isComplete && answer.page.total == 10)
    }

    @Test("Narrowed lists together hold no more images than the whole one, and age like it")
    func narrowedLists() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let policy = UpstreamPolicy(
            ttl: .seconds(60),
            staleIfError: .seconds(40),
            imagesMax: 15,
            retries: 0
        )
        let fixture = try Fixture([cloud], policy: policy)
        func narrowedImages(_ distribution: String) async throws -> [Int] {
            _ = try await fixture.list { $0.query.distributions = [distribution] }
            let lists = fixture.nodes[0].state.withLock { $0.lists.all }
            return lists.filter(\.isWhole).map(\.snapshot.count).sorted()
        }
        _ = try await fixture.list()
        #expect(try await narrowedImages("none") == [0])
        #expect(try await narrowedImages("ubuntu") == [0, 10])
        fixture.time.time.advance(by: .seconds(30))
        #expect(try await narrowedImages("debian") == [0, 10])
        fixture.time.time.advance(by: .seconds(90))
        #expect(try await narrowedImages("other") == [0, 10])
        fixture.time.time.advance(by: .seconds(30))
        #expect(try await narrowedImages("another") == [0, 0])
    }

    @Test("Of narrowed lists no more than sixteen are read at a time")
    func narrowedWalks() throws {
        let cloud = FakeCloud([])
        let fixture = try Fixture([cloud])
        var state = UpstreamState()
        func begin(_ word: String?) throws -> Bool {
            var query = ImageQuery()
            query.distributions = word.map { [$0] } ?? []
            let key = UpstreamNode.WalkKey(
                pushdown: fixture.nodes[0].caller.adapter.pushdown(for: query)
            )
            let walk = UpstreamWalk(
                upstream: "up-0",
                caller: fixture.nodes[0].caller,
                pushdown: key.pushdown,
                previous: nil,
                environment: fixture.nodes[0].environment,
                takesCensus: false
            )
            return state.begin(walk, key)
        }
        for index in 0..<16 { #expect(try begin("d\(index)")) }
        #expect(try !begin("one more"))
        #expect(try begin(nil))
        #expect(state.walkCount == 17)
    }
}
