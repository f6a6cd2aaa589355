import CatalogOracle
import Catalogs
import ImageModel
import Testing

struct CatalogTests {
    private func image(_ id: String, _ name: String = "name") -> Image {
        Image(provider: "p", region: "r", nativeID: id, name: name)
    }

    @Test("Later upstreams fill what the first does not know, and sources name all")
    func merges() throws {
        var first = image("1", "First")
        first.os.version = "22.04"
        var second = image("1", "Second")
        second.description = "text"
        second.os.version = "7"
        second.tags = ["gpu"]
        let catalog = Catalog([("a", [first]), ("b", [image("2")]), ("c", [second])])
        let found = try #require(catalog.image(id: "p:r:1"))
        #expect(found.sources == ["a", "c"])
        #expect(found.image.name == "First")
        #expect(found.image.description == "text")
        #expect(found.image.os.version == "22.04")
        #expect(found.image.tags == ["gpu"])
        let page = catalog.evaluate(CatalogRequest(facets: [.upstream]))
        #expect(page.total == 2)
        #expect(["a", "b", "c", "d"].map(page.matchCount) == [1, 1, 1, 0])
        var byUpstream = CatalogRequest()
        byUpstream.query.upstreams = ["c"]
        #expect(catalog.evaluate(byUpstream).ids == ["p:r:1"])
    }

    @Test("A builder goes on after finish, and of repeated ids the first stays")
    func partialSnapshots() {
        var builder = SnapshotBuilder(upstream: "up")
        builder.append(image("1", "first"))
        let partial = builder.finish()
        builder.append(image("1", "second"))
        builder.append(image("2"))
        #expect(builder.count == 2)
        #expect(partial.count == 1)
        let whole = builder.finish()
        #expect(whole.images().map(\.name) == ["first", "name"])
        #expect(whole.fingerprint != partial.fingerprint)
    }

    @Test("The raw object alone changes the fingerprint")
    func fingerprintCoversRaw() {
        var changed = image("1")
        changed.raw = Array("{}".utf8)
        var (one, two) = (SnapshotBuilder(upstream: "up"), SnapshotBuilder(upstream: "up"))
        one.append(image("1"))
        two.append(changed)
        #expect(one.finish().fingerprint != two.finish().fingerprint)
    }

    @Test("A catalog of nothing, and a limit of 0, answer with totals alone")
    func empty() {
        let nothing = Catalog([Snapshot]()).evaluate(CatalogRequest(facets: [.provider]))
        #expect(nothing.total == 0)
        #expect(nothing.rows.isEmpty)
        #expect(nothing.next == nil)
        let page = Catalog([("up", [image("1")])]).evaluate(CatalogRequest(limit: 0))
        #expect(page.total == 1)
        #expect(page.rowCount == 0)
    }

    @Test("Names that agree in their first 512 bytes fall back to the id, and the key stays short")
    func longNames() throws {
        let long = String(repeating: "é", count: 400)
        let catalog = Catalog([("up", [image("1", long + "b"), image("2", long + "a")])])
        let order = try ImageOrder(parsing: "name")
        let page = catalog.evaluate(CatalogRequest(order: order, limit: 1))
        #expect(page.ids == ["p:r:1"])
        #expect(try #require(page.next).encoded().count < 600)
        let last = catalog.evaluate(CatalogRequest(order: order, limit: 1, after: page.next))
        #expect(last.ids == ["p:r:2"])
    }

    @Test("unknown finds the images without a version or distribution, and they match nothing else")
    func unknownSystems() {
        var known = image("1")
        (known.os.version, known.os.distribution) = ("22.04", "ubuntu")
        let catalog = Catalog([("up", [known, image("2")])])
        func ids(_ change: (inout CatalogRequest) -> Void) -> [String] {
            var request = CatalogRequest()
            change(&request)
            return catalog.evaluate(request).ids
        }
        #expect(ids { $0.query.versions = ["unknown"] } == ["p:r:2"])
        #expect(ids { $0.query.versions = ["22"] } == ["p:r:1"])
        #expect(ids { $0.query.distributions = ["unknown"] } == ["p:r:2"])
        #expect(ids { $0.query.distributions = ["ubuntu"] } == ["p:r:1"])
    }

    @Test("A walk goes on behind a row that has vanished")
    func vanished() {
        let images = (1...4).map { image("\($0)") }
        let first = Catalog([("up", images)]).evaluate(CatalogRequest(limit: 2))
        let rest = Catalog([("up", Array(images.dropFirst(2)))])
            .evaluate(CatalogRequest(limit: 2, after: first.next))
        #expect(rest.ids == ["p:r:3", "p:r:4"])
    }
}
