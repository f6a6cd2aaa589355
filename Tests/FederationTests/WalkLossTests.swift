import Federation
import TestKit
import Testing
import Upstreams

/// What is said of a list of which not everything could be read.
@Suite struct WalkLossTests {
    private static let policy = UpstreamPolicy(
        ttl: .seconds(10),
        staleWhileRevalidate: .zero,
        staleIfError: .seconds(3_600),
        retries: 0,
        breakerFailures: 1_000
    )

    @Test(
        "Elements without an id make the list partial, counted, and kept for as long as any other"
    )
    func some() async throws {
        let cloud = FakeCloud((0..<10).map { FakeCloud.image($0) })
        cloud.change { $0.unreadableCount = 2 }
        let fixture = try Fixture([cloud], policy: Self.policy)
        for _ in 0..<3 {
            let answer = try await fixture.list()
            let entry = answer.upstreams[0]
            #expect(!answer.isComplete && entry.matched == 10 && entry.state == .partial)
            #expect(entry.error?.code == .rowsUnreadable)
            #expect(entry.error?.message.hasPrefix("2 of 12 elements") == true)
        }
        #expect(cloud.walks == 1)
        cloud.change { $0.unreadableCount = 0 }
        fixture.time.time.advance(by: .seconds(20))
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .fresh && entry.isComplete)
    }

    @Test(
        "A list of which most has no id, or one id, replaces none, of however many pages",
        arguments: [true, false],
        [3, 100]
    )
    func most(_ lacksIDs: Bool, _ pageSize: Int) async throws {
        let images = (0..<10).map { FakeCloud.image($0) }
        let cloud = FakeCloud(images)
        cloud.change { $0.pageSize = pageSize }
        let fixture = try Fixture([cloud], policy: Self.policy)
        #expect(try await fixture.list().isComplete)
        cloud.change { state in
            state.unreadableCount = lacksIDs ? 11 : 0
            if !lacksIDs { state.images = images.map { _ in images[0] } }
        }
        fixture.time.time.advance(by: .seconds(20))
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .stale && entry.matched == 10)
        #expect(entry.error?.code == .malformedAnswer)
    }

    @Test("The same image on several pages is one image, and nothing is lost")
    func repeated() async throws {
        let cloud = FakeCloud([0, 1, 2, 0, 3, 0, 1, 4, 2, 0].map { FakeCloud.image($0) })
        cloud.change { $0.pageSize = 5 }
        let fixture = try Fixture([cloud], policy: Self.policy)
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .fresh && entry.matched == 5)
    }
}
