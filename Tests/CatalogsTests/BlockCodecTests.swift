import CatalogOracle
import TestKit
import Testing

@testable import Catalogs

struct BlockCodecTests {
    @Test(
        "What was compressed expands to the same bytes, whatever they are",
        arguments: UInt64(0)..<40
    )
    func roundTrip(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        var block: [UInt8] = []
        let count = generator.pick([0, 1, 7, 8, 9, 40, 3000])
        let alphabet = generator.pick([1, 2, 4, 256])
        while block.count < count {
            if block.count > 8, generator.chance(30) {
                let start = Int.random(in: 0..<block.count - 4, using: &generator)
                block += block[start...].prefix(generator.pick([4, 5, 30, 300]))
            } else {
                block.append(UInt8(truncatingIfNeeded: Int(generator.next() >> 8) % alphabet))
            }
        }
        #expect(BlockCodec.expanded(BlockCodec.compressed(block)) == block)
    }

    @Test("Objects come back from open, closed and finished blocks alike")
    func rawStore() {
        var store = RawStore()
        let objects = (0..<900).map { index in
            Array(#"{"id":"\#(index &* 2_654_435_761)","link":"/v2/images/\#(index)/file"}"#.utf8)
        }
        for (index, object) in objects.enumerated() {
            let raw = index % 10 == 0 ? [] : object
            store.append(raw.span)
        }
        let finished = store.finished()
        for (index, object) in objects.enumerated() {
            let expected = index % 10 == 0 ? [] : object
            #expect(store[index] == expected)
            #expect(finished[index] == expected)
        }
    }
}
