import Caching
import Catalogs
import ImageModel
import TestKit
import Testing

@testable import Federation

/// Who waits for upstreams where nothing has changed gets the page that was cut before, and nobody else's.
@Suite struct RepeatedPageTests {
    /// Words that look alike to Unicode.
    private static let alike = ("caf\u{E9}", "cafe\u{301}")

    private func fixture() throws -> (Fixture, FakeCloud) {
        var images = (0..<90).map { FakeCloud.image($0) }
        for index in images.indices where index % 3 == 0 { images[index].name += Self.alike.0 }
        let cloud = FakeCloud(images)
        cloud.change { $0.isSteady = true }
        return (try Fixture([cloud]), cloud)
    }

    private func asked(
        _ fixture: Fixture,
        _ change: (inout ListRequest) -> Void = { _ in }
    ) async throws -> ListAnswer {
        // A list of this moment is not asked for again.
        fixture.time.time.advance(by: .seconds(60))
        return try await fixture.list {
            $0.demand.mustRevalidate = true
            change(&$0)
        }
    }

    private func isSamePage(_ one: ListAnswer, _ other: ListAnswer) -> Bool {
        one.page.rows.withUnsafeBytes { one in
            other.page.rows.withUnsafeBytes { one.baseAddress == $0.baseAddress }
        }
    }

    @Test("The same question over unchanged lists asks the upstreams and has the same page")
    func unchanged() async throws {
        let (fixture, cloud) = try fixture()
        let first = try await asked(fixture)
        let again = try await asked(fixture)
        #expect(cloud.calls == 2)
        #expect(isSamePage(first, again))
        #expect(first.nextCursor != nil && first.nextCursor == again.nextCursor)
    }

    @Test("A list that has changed has a page of its own")
    func changed() async throws {
        let (fixture, cloud) = try fixture()
        let first = try await asked(fixture)
        cloud.change { $0.images[80].name = "another" }
        let again = try await asked(fixture)
        #expect(!isSamePage(first, again))
        #expect(String(decoding: again.page.rows, as: UTF8.self).components("another") == 1)
    }

    @Test(
        "Another question has a page of its own",
        arguments: [
            { @Sendable in $0.limit = 20 }, { $0.fields = FieldSelection([.id]) },
            { $0.facets = [.family] }, { $0.order = ImageOrder([.init(.name)]) },
            { $0.latestBy = [.distribution] }, { $0.query.names = ["*9*"] },
            { $0.scope = .only(["up-0"]) }, { $0.client = "another" },
        ] as [@Sendable (inout ListRequest) -> Void]
    )
    func others(change: @Sendable (inout ListRequest) -> Void) async throws {
        let (fixture, _) = try fixture()
        let first = try await asked(fixture)
        let other = try await asked(fixture, change)
        #expect(!isSamePage(first, other))
        let (fresh, _) = try self.fixture()
        let expected = try await asked(fresh, change)
        #expect(other.page.rows == expected.page.rows && other.page.total == expected.page.total)
        #expect(other.nextCursor == expected.nextCursor)
        let again = try await asked(fixture)
        #expect(again.page.rows == first.page.rows && again.nextCursor == first.nextCursor)
    }

    @Test("Each page of a walk is its own")
    func pages() async throws {
        let (fixture, _) = try fixture()
        let first = try await asked(fixture)
        let second = try await asked(fixture) { $0.cursor = first.nextCursor }
        #expect(Set(first.page.ids).isDisjoint(with: second.page.ids))
        #expect(first.page.ids.count + second.page.ids.count == 90)
    }

    @Test("Words that look alike are different questions")
    func alike() async throws {
        let (fixture, _) = try fixture()
        let composed = try await asked(fixture) { $0.query.words = [Self.alike.0] }
        let decomposed = try await asked(fixture) { $0.query.words = [Self.alike.1] }
        #expect((composed.page.total, decomposed.page.total) == (30, 0))
    }

    @Test("With another hour the cursor is another")
    func hour() async throws {
        let (fixture, _) = try fixture()
        let first = try await asked(fixture)
        fixture.time.time.advance(by: .seconds(3_600))
        let later = try await asked(fixture)
        #expect(first.nextCursor != later.nextCursor && first.page.rows == later.page.rows)
    }

    @Test("A long page is not kept")
    func long() async throws {
        let cloud = FakeCloud((0..<1_000).map { FakeCloud.image($0) })
        cloud.change { $0.isSteady = true }
        let fixture = try Fixture([cloud])
        let first = try await asked(fixture) { $0.limit = 1_000 }
        let again = try await asked(fixture) { $0.limit = 1_000 }
        #expect(!isSamePage(first, again) && first.page.rows == again.page.rows)
    }
}
