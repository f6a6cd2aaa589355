import CatalogOracle
import TestKit
import Testing

@testable import Catalogs

struct TextSortTests {
    @Test("Texts come in bytewise order, equal ones as they came", arguments: UInt64(0)..<24)
    func order(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let alphabet = generator.pick([[UInt8(0), 1], [97, 98, 255], Array(0...255)])
        let heads = ["", "abcdefgh", String(repeating: "x", count: 600)].map { Array($0.utf8) }
        let texts = (0..<generator.pick([0, 1, 15, 17, 300, 5000])).map { _ in
            let tail = (0..<generator.pick([0, 1, 3, 8, 17])).map { _ in generator.pick(alphabet) }
            return generator.pick(heads) + tail
        }
        let byteCountMax = generator.pick([Int.max, 512, 9])
        var table = TextTable()
        for text in texts { table.append(text) }
        let expected = texts.indices.sorted { left, right in
            let result = ByteOrder.compare(
                Array(texts[left].prefix(byteCountMax)),
                Array(texts[right].prefix(byteCountMax))
            )
            return result != 0 ? result < 0 : left < right
        }
        let sorted = TextSort.sorted(table, byteCountMax: byteCountMax)
        #expect(sorted.map { Int($0) } == expected)
    }
}
