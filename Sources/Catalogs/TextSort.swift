/// Sorts texts bytewise, eight bytes of all of them at a time: long common beginnings, which ids and names
/// of one upstream have, cost one look per text and no comparison.
struct TextSort {
    private let texts: TextTable
    /// Bytes of a text that count.
    private let byteCountMax: Int
    private var order: [UInt32]

    /// The texts' indices, in the order of the texts; equal ones in the order of their indices.
    static func sorted(_ texts: TextTable, byteCountMax: Int = .max) -> [UInt32] {
        var sort = TextSort(texts: texts, byteCountMax: byteCountMax)
        sort.sort(0..<texts.count, from: 0)
        return sort.order
    }

    private init(texts: TextTable, byteCountMax: Int) {
        self.texts = texts
        self.byteCountMax = byteCountMax
        order = Array(0..<UInt32(texts.count))
    }

    /// Groups below this are compared text by text.
    private static let groupMin = 64
    /// Texts that agree in so many words are compared as a whole, so that the depth stays bounded.
    private static let depthMax = 64

    /// Sorts a part of the order whose texts agree in all words before `depth`.
    private mutating func sort(_ range: Range<Int>, from depth: Int) {
        if range.count < 2 { return }
        let part = Array(order[range])
        if range.count < TextSort.groupMin || depth == TextSort.depthMax {
            let sorted = part.sorted { precedes(Int($0), Int($1), from: depth * 8) }
            order.replaceSubrange(range, with: sorted)
            return
        }
        let (words, rests) = columns(part, depth)
        let ranks = RowSort.sorted(Array(0..<UInt32(part.count)), by: [rests, words])
        for (offset, rank) in ranks.enumerated() {
            order[range.lowerBound + offset] = part[Int(rank)]
        }
        var start = 0
        for end in 1...ranks.count {
            let first = Int(ranks[start])
            if end < ranks.count, words[Int(ranks[end])] == words[first],
                rests[Int(ranks[end])] == rests[first]
            {
                continue
            }
            // Those that end in this word are equal.
            if rests[first] > 8 {
                sort(range.lowerBound + start..<range.lowerBound + end, from: depth + 1)
            }
            start = end
        }
    }

    /// Each text's word at that depth, and how many bytes it has from there on, 9 for more than 8.
    private func columns(_ part: [UInt32], _ depth: Int) -> (words: [UInt64], rests: [UInt64]) {
        var (words, rests): ([UInt64], [UInt64]) = ([], [])
        words.reserveCapacity(part.count)
        rests.reserveCapacity(part.count)
        for text in part {
            let rest = range(Int(text), from: depth * 8)
            words.append(ByteOrder.prefixWord(texts.bytes.span.extracting(rest)))
            rests.append(UInt64(min(rest.count, 9)))
        }
        return (words, rests)
    }

    private func precedes(_ left: Int, _ right: Int, from offset: Int) -> Bool {
        let bytes = texts.bytes.span
        let result = ByteOrder.compare(
            bytes.extracting(range(left, from: offset)),
            bytes.extracting(range(right, from: offset))
        )
        return result != 0 ? result < 0 : left < right
    }

    /// What counts of a text behind `offset`.
    private func range(_ index: Int, from offset: Int) -> Range<Int> {
        let range = texts.range(index)
        let end = range.lowerBound + min(range.count, byteCountMax)
        return min(range.lowerBound + offset, end)..<end
    }
}
