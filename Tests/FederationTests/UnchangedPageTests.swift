import Caching
import Catalogs
import ImageModel
import Synchronization
import TestKit
import Testing
import Upstreams

@testable import Federation

/// Pages that a refresh finds as they were are not read again.
@Suite struct UnchangedPageTests {
    private static func images(_ range: Range<Int>) -> [Image] {
        range.map { index in
            var image = FakeCloud.image(index)
            image.raw = Array("{\"n\":\(index)}".utf8)
            return image
        }
    }

    private func cloud(_ images: [Image], pageSize: Int) -> FakeCloud {
        let cloud = FakeCloud(images)
        cloud.change { state in
            state.pageSize = pageSize
            state.isSteady = true
        }
        return cloud
    }

    /// Refreshes and returns how many pages were read for it.
    private func refresh(_ fixture: Fixture, _ cloud: FakeCloud) async throws -> Int {
        let before = cloud.state.withLock { $0.decodedPages }
        fixture.time.time.advance(by: .seconds(3_000))
        let answer = try await fixture.list()
        #expect(answer.upstreams[0].state == .fresh)
        return cloud.state.withLock { $0.decodedPages } - before
    }

    private func snapshot(_ fixture: Fixture) throws -> Snapshot {
        let now = fixture.time.now
        let contribution = fixture.nodes[0].contributionAtOnce(
            FreshnessDemand(),
            ImageQuery(),
            now: now
        )
        return try #require(contribution?.list).snapshot
    }

    @Test("Of an unchanged list no page is read, and what was published stands")
    func unchanged() async throws {
        let cloud = cloud(Self.images(0..<95), pageSize: 10)
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        let (first, generation) = (
            try snapshot(fixture), fixture.federation.publications.generation
        )
        for _ in 0..<3 {
            #expect(try await refresh(fixture, cloud) == 0)
            #expect(try snapshot(fixture) === first)
        }
        #expect(fixture.federation.publications.generation == generation)
        #expect(cloud.calls == 40)
    }

    @Test("A list that was replaced leaves memory with the next answer")
    func replaced() async throws {
        let cloud = cloud(Self.images(0..<30), pageSize: 10)
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        for round in 0..<3 {
            weak let old = try snapshot(fixture)
            #expect(old != nil)
            cloud.change { $0.images[15].name = "changed \(round)" }
            _ = try await refresh(fixture, cloud)
            #expect(old == nil)
        }
    }

    @Test("A list that a new bound does not allow is not taken over, and pages that stay count")
    func lowerBound() async throws {
        let cloud = cloud(Self.images(0..<30), pageSize: 10)
        cloud.change { $0.sendsTags = true }
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        for (bound, isTaken) in [(30, true), (29, false)] {
            let policy = UpstreamPolicy(imagesMax: bound, retries: 0)
            let lowered = try Fixture([cloud], policy: policy, after: fixture)
            let answer = try await lowered.list()
            #expect(answer.upstreams[0].error?.code == (isTaken ? nil : .tooManyImages))
        }
    }

    @Test("The bytes of a list have a bound of their own, whether its pages stay or not")
    func byteBound() async throws {
        let cloud = cloud(Self.images(0..<30), pageSize: 10)
        cloud.change { $0.sendsTags = true }
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        let list = try #require(fixture.nodes[0].state.withLock { $0.lists[.init()] })
        #expect(list.byteCount > 0)
        for (bound, isWhole) in [(list.byteCount, true), (list.byteCount - 1, false)] {
            let policy = UpstreamPolicy(listBytesMax: bound, retries: 0)
            for earlier in [fixture, nil] {
                let lowered = try Fixture([cloud], policy: policy, after: earlier)
                _ = try await lowered.list()
                lowered.time.time.advance(by: .seconds(3_000))
                let answer = try await lowered.list()
                #expect(answer.page.total == (isWhole ? 30 : 20))
                let error = answer.upstreams[0].error
                #expect(error?.code == (isWhole ? nil : .tooManyImages))
                #expect(error?.message.contains("list_bytes_max") == (isWhole ? nil : true))
            }
        }
    }

    @Test("An upstream that says 304 is believed")
    func entityTags() async throws {
        let cloud = cloud(Self.images(0..<30), pageSize: 10)
        cloud.change { $0.sendsTags = true }
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        #expect(try await refresh(fixture, cloud) == 0)
        cloud.change { $0.images[15].name = "another" }
        #expect(try await refresh(fixture, cloud) == 1)
        #expect(try snapshot(fixture).images().contains { $0.name == "another" })
    }

    @Test(
        "Where one page differs that one is read, and the list is what a walk from the start gives"
    )
    func onePage() async throws {
        let cloud = cloud(Self.images(0..<95), pageSize: 10)
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        for (place, name) in [(44, "a"), (0, "b"), (94, "c"), (44, "d")] {
            cloud.change { $0.images[place].name = name }
            #expect(try await refresh(fixture, cloud) == 1)
            #expect(try snapshot(fixture).fingerprint == whole(cloud))
        }
    }

    @Test("After any changes the list is the upstream's, raw objects included", arguments: 1...12)
    func anyChange(_ seed: Int) async throws {
        var random = SplitMix(seed: UInt64(seed))
        let cloud = cloud(Self.images(0..<60), pageSize: 1 + Int(random.next() % 17))
        let fixture = try Fixture([cloud])
        _ = try await fixture.list()
        for round in 0..<12 {
            let (kind, place) = (random.next() % 6, Int(random.next() % 1_000))
            cloud.change { Self.change(&$0.images, kind, place, round) }
            _ = try await refresh(fixture, cloud)
            let images = cloud.state.withLock { $0.images }
            let snapshot = try snapshot(fixture)
            #expect(snapshot.fingerprint == whole(cloud))
            let raws = Dictionary(uniqueKeysWithValues: snapshot.images().map { ($0.id, $0.raw) })
            #expect(images.allSatisfy { raws[$0.id] == $0.raw })
        }
    }

    private static func change(_ images: inout [Image], _ kind: UInt64, _ place: Int, _ round: Int)
    {
        let index = place % images.count
        switch kind {
        case 0: images.remove(at: index)
        case 1: images.insert(contentsOf: Self.images(1_000 + round..<1_001 + round), at: index)
        case 2: images[index].raw = Array("{\"round\":\(round)}".utf8)
        case 3: images.swapAt(index, images.count - 1)
        case 4: images.append(contentsOf: Self.images(2_000 + round * 20..<2_020 + round * 20))
        default: break
        }
        if images.isEmpty { images = Self.images(0..<1) }
    }

    /// The fingerprint of everything the cloud has.
    private func whole(_ cloud: FakeCloud) -> UInt128 {
        var builder = SnapshotBuilder(upstream: "up-0")
        for image in cloud.state.withLock({ $0.images }) { builder.append(image) }
        return builder.finish().fingerprint
    }

    @Test("Members that differ each time do not make a page another one; any other byte does")
    func volatileMembers() {
        let members: [StaticString] = ["requestId"]
        func digest(_ text: String) -> PageDigest { PageDigest(Array(text.utf8), without: members) }
        let images = String(repeating: "{\"id\":\"x\"},", count: 500)
        let first = digest("{\"requestId\":\"a\",\"images\":[\(images)],\"requestId\" : \"b\"}")
        #expect(
            first == digest("{\"requestId\":\"cc\",\"images\":[\(images)],\"requestId\" : \"\"}")
        )
        #expect(
            first != digest("{\"requestIdx\":\"a\",\"images\":[\(images)],\"requestId\" : \"b\"}")
        )
        #expect(digest("{\"requestId\":1}") != digest("{\"requestId\":2}"))
        #expect(digest("\"requestId\":\"") != digest("\"requestId\":\"a"))
        for text in ["", "\"", "\"requestId\"", "\"requestId\":"] {
            #expect(digest(text) == digest(text))
        }
    }
}
