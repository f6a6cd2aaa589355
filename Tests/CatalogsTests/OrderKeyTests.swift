import CatalogOracle
import Catalogs
import ImageModel
import TestKit
import Testing

struct OrderKeyTests {
    @Test(
        "Mutated bytes of a key decode to nothing or to a key that can be walked from",
        arguments: UInt64(0)..<8
    )
    func mutated(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let catalog = Catalog(RandomImages.lists(&generator))
        var request = CatalogRequest(order: RandomRequests.order(&generator), limit: 3)
        guard let valid = catalog.evaluate(request).next?.encoded() else { return }
        for _ in 0..<60 {
            var bytes = valid
            for _ in 0..<generator.pick([1, 1, 2, 5]) {
                guard !bytes.isEmpty else { break }
                let index = Int.random(in: bytes.indices, using: &generator)
                switch generator.next() % 4 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: generator.next())
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(0xFF, at: index)
                default: bytes.removeLast(bytes.count - index)
                }
            }
            request.after = OrderKey(decoding: bytes, order: request.order)
            if let after = request.after { #expect(after.encoded() == bytes) }
            _ = catalog.evaluate(request)
        }
    }

    @Test("Every truncated prefix and a longer text are refused")
    func truncated() throws {
        var image = Image(provider: "gmi", region: "eu", nativeID: "1", name: "Name")
        image.createdAt = Timestamp(seconds: 7)
        let other = Image(provider: "gmi", region: "eu", nativeID: "2", name: "Name")
        let order = try ImageOrder(parsing: "name,-created_at,os_version")
        let catalog = Catalog([("up", [image, other])])
        let key = try #require(catalog.evaluate(CatalogRequest(order: order, limit: 1)).next)
        let bytes = key.encoded()
        #expect(OrderKey(decoding: bytes, order: order) == key)
        #expect(OrderKey(decoding: bytes + [0], order: order) == nil)
        for count in bytes.indices {
            #expect(OrderKey(decoding: bytes[..<count], order: order) == nil)
        }
    }

    @Test("A key of another order is refused or begins nowhere")
    func otherOrder() throws {
        let images = (0..<5).map { Image(provider: "p", region: "r", nativeID: "\($0)", name: "n") }
        let catalog = Catalog([("up", images)])
        let key = try #require(catalog.evaluate(CatalogRequest(limit: 2)).next)
        let byName = try ImageOrder(parsing: "name,region")
        #expect(OrderKey(decoding: key.encoded(), order: byName) == nil)
        let page = catalog.evaluate(CatalogRequest(order: byName, limit: 2, after: key))
        #expect(page.rowCount == 0)
        #expect(page.next == nil)
    }
}
