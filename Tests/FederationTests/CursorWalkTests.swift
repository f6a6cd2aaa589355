import Catalogs
import Federation
import ImageModel
import Synchronization
import TestKit
import Testing
import Upstreams

/// Walks over lists that change between pages.
@Suite struct CursorWalkTests {
    private static let imageCount = 10_000

    @Test(
        "An image present throughout a walk appears exactly once, none twice, while lists change and refresh",
        arguments: zip(
            [1, 7, 100, 1_000],
            ["-created_at", "name", "os_version,-name", "-created_at"]
        )
    )
    func walk(pageSize: Int, sort: String) async throws {
        try await walkUnderChange(pageSize: pageSize, sort: sort, imageCount: Self.imageCount)
    }

    @Test("A walk goes on over a restart with the same key and refuses another key's cursor")
    func restart() async throws {
        let cloud = FakeCloud((0..<100).map { FakeCloud.image($0) })
        let first = try await Fixture([cloud]).list { $0.limit = 40 }
        let cursor = try #require(first.nextCursor)
        let second = try await Fixture([cloud]).list {
            $0.limit = 100
            $0.cursor = cursor
        }
        #expect(Set(first.page.ids).isDisjoint(with: second.page.ids))
        #expect(first.page.ids.count + second.page.ids.count == 100)
        let other = try Fixture([cloud], key: [UInt8](repeating: 1, count: 32))
        await #expect(throws: CursorSealer.Failure.invalid) {
            try await other.list { $0.cursor = cursor }
        }
    }

    @Test("Every flipped bit and every truncation of a cursor is refused")
    func tampering() async throws {
        let cloud = FakeCloud((0..<100).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud])
        let cursor = Array(try #require(try await fixture.list().nextCursor).utf8)
        for bit in 0..<cursor.count * 8 {
            var changed = cursor
            changed[bit / 8] ^= 1 << (bit % 8)
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: CursorSealer.Failure.invalid) {
                try fixture.federation.listAtOnce(
                    Fixture.request { $0.cursor = text },
                    timekeeper: fixture.time
                )
            }
        }
        for count in 0..<cursor.count {
            let text = String(decoding: cursor.prefix(count), as: UTF8.self)
            #expect(throws: CursorSealer.Failure.invalid) {
                try fixture.federation.listAtOnce(
                    Fixture.request { $0.cursor = text },
                    timekeeper: fixture.time
                )
            }
        }
    }

    @Test("A cursor belongs to its filters, order and scope, and ends after three days")
    func binding() async throws {
        let cloud = FakeCloud((0..<200).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud])
        let cursor = try #require(try await fixture.list().nextCursor)
        let changes: [@Sendable (inout ListRequest) -> Void] = [
            { $0.query.names = ["*"] }, { $0.order = ImageOrder([.init(.name)]) },
            { $0.scope = .only(["up-0"]) }, { $0.latestBy = [.distribution] },
        ]
        for change in changes {
            await #expect(throws: CursorSealer.Failure.invalid) {
                try await fixture.list {
                    change(&$0)
                    $0.cursor = cursor
                }
            }
        }
        fixture.time.time.advance(by: .seconds(71 * 3_600))
        _ = try await fixture.list { $0.cursor = cursor }
        fixture.time.time.advance(by: .seconds(3 * 3_600))
        await #expect(throws: CursorSealer.Failure.expired) {
            try await fixture.list { $0.cursor = cursor }
        }
    }

    /// Between pages images are added, removed and touched, and the snapshots refresh.
    private func walkUnderChange(pageSize: Int, sort: String, imageCount: Int) async throws {
        var random = SplitMix(seed: UInt64(pageSize))
        let regions = ["a", "b"]
        let clouds = regions.map { region in
            FakeCloud((0..<imageCount / 2).map { FakeCloud.image($0, region: region) })
        }
        let fixture = try Fixture(clouds, regions: regions)
        var present = Set(clouds.flatMap { $0.state.withLock { $0.images.map(\.id) } })
        var seen: [String] = []
        var cursor: String?
        var added = 1_000_000
        let pageCount = imageCount / pageSize
        repeat {
            let answer = try await fixture.list {
                $0.limit = pageSize
                $0.cursor = cursor
                $0.order = (try? ImageOrder(parsing: sort)) ?? .standard
            }
            seen += answer.page.ids
            cursor = answer.nextCursor
            // Some ten changes a walk keep the smallest pages fast.
            guard pageCount < 20 || random.next() % UInt64(pageCount / 10) == 0 else { continue }
            let cloud = clouds[Int(random.next() % 2)]
            cloud.change { state in
                let removed = state.images.remove(
                    at: Int(random.next() % UInt64(state.images.count))
                )
                present.remove(removed.id)
                added += 1
                var newcomer = FakeCloud.image(added, region: removed.region)
                newcomer.createdAt = Timestamp(seconds: Int64(random.next() % 2_000_000_000))
                state.images.append(newcomer)
                let touched = Int(random.next() % UInt64(state.images.count))
                state.images[touched].updatedAt = Timestamp(seconds: 1_790_000_000)
                state.images[touched].description = "touched"
            }
            fixture.time.time.advance(by: .seconds(700))
        } while cursor != nil
        let counts = Dictionary(seen.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(counts.values.allSatisfy { $0 == 1 }, "an image came twice")
        #expect(present.subtracting(counts.keys).isEmpty, "an image present throughout is missing")
    }
}
