import CatalogOracle
import ImageModel
import Synchronization
import TestKit
import Testing

@testable import Catalogs

struct SnapshotBuilderTests {
    static let seeds = UInt64(0)..<16

    private func snapshot(_ images: [Image], earlier: Snapshot? = nil) -> Snapshot {
        var builder = SnapshotBuilder(upstream: "up", earlier: earlier)
        for image in images { builder.append(image) }
        let snapshot = builder.finish()
        #expect(builder.fingerprint == snapshot.fingerprint)
        #expect(builder.count == snapshot.count)
        return snapshot
    }

    private func expectEqual(_ left: Snapshot, _ right: Snapshot) {
        #expect(left.fingerprint == right.fingerprint)
        #expect(left.images() == right.images())
        let fields = FieldSelection(Set(FieldSelection.Member.allCases))
        let request = CatalogRequest(facets: FacetField.allCases, limit: 1000, fields: fields)
        #expect(Catalog([left]).evaluate(request).rows == Catalog([right]).evaluate(request).rows)
    }

    private func images(_ seed: UInt64, _ count: Int = 70) -> [Image] {
        var generator = SplitMix(seed: seed)
        return RandomImages.list(count, &generator)
    }

    @Test("A list that came again as it was ends in the same snapshot", arguments: seeds)
    func unchanged(seed: UInt64) {
        let images = images(seed)
        let earlier = snapshot(images)
        #expect(snapshot(images, earlier: earlier) === earlier)
    }

    @Test("A list that changed somewhere is what it is without an earlier one", arguments: seeds)
    func changed(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var images = images(seed)
        let earlier = snapshot(images)
        for _ in 0..<generator.pick([1, 1, 2, 5]) {
            let index = Int.random(in: images.indices, using: &generator)
            switch generator.next() % 5 {
            case 0: images[index] = RandomImages.image(&generator)
            case 1: images.remove(at: index)
            case 2: images.insert(RandomImages.image(&generator), at: index)
            case 3: images.removeLast(generator.pick([1, 7]))
            default: images[index].raw.append(UInt8(ascii: " "))
            }
        }
        expectEqual(snapshot(images, earlier: earlier), snapshot(images))
    }

    @Test("Each member of an image alone makes the list a new one")
    func everyMember() {
        var image = Image(provider: "p", region: "r", nativeID: "1", name: "n")
        image.raw = Array("{}".utf8)
        let earlier = snapshot([image])
        let changes: [(inout Image) -> Void] = [
            { $0.provider = "q" }, { $0.region = "s" }, { $0.nativeID = "2" }, { $0.name = "N" },
            { $0.description = "" }, { $0.os.family = .linux }, { $0.os.distribution = "ubuntu" },
            { $0.os.version = "7" }, { $0.os.label = "" }, { $0.architecture = .arm64 },
            { $0.visibility = .public }, { $0.status = .error }, { $0.bootMode = .uefi },
            { $0.sizeBytes = 0 }, { $0.minDiskGB = 0 }, { $0.minRAMMB = 0 },
            { $0.createdAt = Timestamp(seconds: 0) }, { $0.updatedAt = Timestamp(seconds: 0) },
            { $0.tags = [""] }, { $0.raw = [] },
        ]
        for (index, change) in changes.enumerated() {
            var other = image
            change(&other)
            let later = snapshot([other], earlier: earlier)
            #expect(later.fingerprint != earlier.fingerprint, "change \(index)")
            #expect(later.images() == [other], "change \(index)")
        }
    }

    @Test("Rows of an earlier snapshot are the images they were, raw objects too", arguments: seeds)
    func carriedRows(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let (old, new) = (images(seed, 90), images(seed &+ 1000, 40))
        let earlier = snapshot(old)
        // Arrivals count what was kept: of images with one id the first.
        var seen: Set<String> = []
        let kept = old.filter { seen.insert($0.id).inserted }
        var builder = SnapshotBuilder(upstream: "up", earlier: generator.pick([nil, earlier]))
        var expected = SnapshotBuilder(upstream: "up")
        for _ in 0..<6 {
            let start = generator.pick([0, expected.count, Int(generator.next() % 40)])
            let range = start..<start + generator.pick([0, 3, 20])
            builder.append(contentsOf: earlier, arrivals: range)
            for image in kept[range.clamped(to: kept.indices)] { expected.append(image) }
            if generator.chance(50) {
                let image = generator.pick(new)
                builder.append(image)
                expected.append(image)
            }
            #expect(builder.count == expected.count)
            #expect(builder.fingerprint == expected.fingerprint)
        }
        expectEqual(builder.finish(), expected.finish())
    }

    /// By number rows of the list before, new images in between; each list follows the last.
    @Test("Lists that follow each other are what they are alone", arguments: seeds)
    func following(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var earlier = snapshot(images(seed, 40))
        for _ in 0..<12 {
            var builder = SnapshotBuilder(following: earlier)
            var expected = SnapshotBuilder(upstream: "up")
            let old = earlier.rowsByArrival().map { earlier.image(Int($0)) }
            var arrival = 0
            while arrival < old.count {
                let end = min(arrival + generator.pick([1, 5, 30]), old.count)
                builder.append(contentsOf: earlier, arrivals: arrival..<end)
                for image in old[arrival..<end] { expected.append(image) }
                arrival = end + generator.pick([0, 0, 0, 1])
                guard generator.chance(30) else { continue }
                var image = generator.chance(50) ? RandomImages.image(&generator) : old[0]
                image.name += "\(generator.next() % 100)"
                builder.append(image)
                expected.append(image)
            }
            #expect(builder.fingerprint == expected.fingerprint)
            let (one, other) = (builder.finish(), expected.finish())
            #expect(one.arrivalFingerprint == other.arrivalFingerprint)
            expectEqual(one, other)
            for _ in 0..<6 {
                let request = RandomRequests.request(&generator)
                let (page, otherPage) = (
                    Catalog([one]).evaluate(request), Catalog([other]).evaluate(request)
                )
                #expect(page.rows == otherPage.rows)
                #expect(page.total == otherPage.total)
                #expect("\(page.facets)" == "\(otherPage.facets)")
            }
            earlier = one
        }
    }

    @Test("A list of which images were replaced is what it is alone", arguments: seeds)
    func replacing(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        var earlier = snapshot(images(seed, 40))
        for _ in 0..<12 {
            var images = earlier.rowsByArrival().map { earlier.image(Int($0)) }
            var replaced: [Int] = []
            for arrival in images.indices where generator.chance(10) {
                let old = images[arrival]
                images[arrival] = RandomImages.image(&generator)
                images[arrival].provider = old.provider
                images[arrival].region = old.region
                images[arrival].nativeID = old.nativeID
                replaced.append(arrival)
            }
            let builder = try #require(
                SnapshotBuilder(earlier, replacing: replaced, with: replaced.map { images[$0] })
            )
            let (one, other) = (builder.finish(), snapshot(images))
            #expect(builder.fingerprint == other.fingerprint)
            #expect(one.arrivalFingerprint == other.arrivalFingerprint)
            expectEqual(one, other)
            for _ in 0..<6 {
                let request = RandomRequests.request(&generator)
                let page = Catalog([one]).evaluate(request)
                #expect(page.rows == Catalog([other]).evaluate(request).rows)
            }
            earlier = one
        }
    }

    @Test(
        "A list too long to be followed is ready to be searched, a short one with its first search"
    )
    func searched() {
        let count = SnapshotDraft.followedRowsMax
        for (count, isReady) in [(count, false), (count + 1, true)] {
            let list = snapshot(
                (0..<count).map { number in
                    Image(
                        provider: "gmi",
                        region: "us-1",
                        nativeID: "\(number)",
                        name: "n\(number)"
                    )
                }
            )
            #expect(list.searched.withLock { $0 != nil } == isReady)
            var query = ImageQuery()
            query.words = ["n\(count - 1)"]
            #expect(Catalog([list]).evaluate(CatalogRequest(query: query)).total == 1)
            #expect(list.searched.withLock { $0 != nil })
        }
    }

    @Test("No image is put in the place of one with another id")
    func replacingOther() {
        var image = Image(provider: "p", region: "r", nativeID: "1", name: "n")
        let earlier = snapshot([image])
        image.region = "other"
        #expect(SnapshotBuilder(earlier, replacing: [0], with: [image])?.count == nil)
        image.region = "r"
        image.nativeID = "2"
        #expect(SnapshotBuilder(earlier, replacing: [0], with: [image])?.count == nil)
    }

    @Test("Texts that no row has any more do not pile up")
    func followingForLong() {
        var image = Image(provider: "p", region: "r", nativeID: "1", name: "n")
        var earlier = snapshot([image])
        for round in 0..<2_000 {
            image.name = "name \(round)"
            var builder = SnapshotBuilder(following: earlier)
            builder.append(image)
            earlier = builder.finish()
            #expect(earlier.names.count < 400)
        }
        #expect(earlier.images() == [image])
    }

    @Test("All rows of the earlier snapshot in its order are the earlier snapshot")
    func carriedWhole() {
        let earlier = snapshot(images(3))
        var builder = SnapshotBuilder(upstream: "up", earlier: earlier)
        builder.append(contentsOf: earlier, arrivals: 0..<5)
        builder.append(contentsOf: earlier, arrivals: 5..<earlier.count)
        #expect(builder.fingerprint == earlier.fingerprint)
        #expect(builder.finish() === earlier)
    }

    @Test("A builder goes on after finish, carried rows or not")
    func goesOn() {
        let images = images(5)
        let earlier = snapshot(images)
        var builder = SnapshotBuilder(upstream: "up", earlier: earlier)
        for image in images.prefix(30) { builder.append(image) }
        expectEqual(builder.finish(), snapshot(Array(images.prefix(30))))
        for image in images.dropFirst(30) { builder.append(image) }
        #expect(builder.finish() === earlier)
    }

    @Test("A snapshot of another upstream is no earlier one")
    func otherUpstream() {
        let images = images(7)
        var builder = SnapshotBuilder(upstream: "other", earlier: snapshot(images))
        for image in images { builder.append(image) }
        #expect(Catalog([builder.finish()]).image(id: images[0].id)?.sources == ["other"])
    }
}
