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

    @Test("The same image on several pages is one image, and lost is what the total has beyond")
    func repeated() async throws {
        let cloud = FakeCloud([0, 1, 2, 0, 3, 0, 1, 4, 2, 0].map { FakeCloud.image($0) })
        cloud.change { ($0.pageSize, $0.total) = (5, 5) }
        let fixture = try Fixture([cloud], policy: Self.policy)
        let entry = try await fixture.list().upstreams[0]
        #expect(entry.state == .fresh && entry.matched == 5)
        // Of ten there are five others, in whose places some came twice.
        cloud.change { $0.total = 10 }
        fixture.time.time.advance(by: .seconds(20))
        let other = try await Fixture([cloud], policy: Self.policy).list().upstreams[0]
        #expect(other.state == .partial && other.matched == 5)
        #expect(other.error?.message == "it says it has 10 images, and its pages had 5")
    }

    @Test(
        "A list is whole where it has as many images as it says, or more",
        arguments: [nil, 0, 1, 29, 30, 31, 32, 1_000_000, .max] as [Int?],
        [7, 10, 100]
    )
    func total(_ total: Int?, _ pageSize: Int) async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { state in
            (state.total, state.pageSize, state.unreadableCount) = (total, pageSize, 0)
        }
        let answer = try await Fixture([cloud], policy: Self.policy).list()
        let entry = answer.upstreams[0]
        let isWhole = total ?? 30 <= 30
        #expect(entry.matched == 30 && answer.isComplete == isWhole)
        #expect(entry.state == (isWhole ? .fresh : .partial))
        #expect(entry.error?.code == (isWhole ? nil : .pagingFault))
    }

    @Test("Elements that cannot be read are none that are missing")
    func unreadableAndTotal() async throws {
        for (total, code) in [(12, .rowsUnreadable), (13, .pagingFault)]
            as [(Int, UpstreamError.Code)]
        {
            let cloud = FakeCloud((0..<10).map { FakeCloud.image($0) })
            cloud.change { ($0.total, $0.unreadableCount) = (total, 2) }
            let entry = try await Fixture([cloud], policy: Self.policy).list().upstreams[0]
            #expect(entry.state == .partial && entry.error?.code == code)
        }
    }

    @Test("An empty page in the middle makes no list whole, and a whole one from before stays")
    func hole() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        cloud.change { ($0.pageSize, $0.holes) = (10, [10]) }
        let fixture = try Fixture([cloud], policy: Self.policy)
        let torn = try await fixture.list()
        #expect(torn.upstreams[0].state == .partial && torn.upstreams[0].matched == 10)
        #expect(torn.upstreams[0].error?.code == .pagingFault && !torn.isComplete)
        cloud.change { $0.holes = [] }
        fixture.time.time.advance(by: .seconds(20))
        #expect(try await fixture.list().isComplete)
        cloud.change { $0.holes = [10] }
        fixture.time.time.advance(by: .seconds(20))
        let stale = try await fixture.list()
        #expect(stale.upstreams[0].state == .stale && stale.upstreams[0].matched == 30)
        #expect(stale.upstreams[0].error?.code == .pagingFault && !stale.isComplete)
    }
}
