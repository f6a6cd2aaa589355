/// A set of rows of one snapshot, a bit each.
struct RowSet: Sendable {
    let rowCount: Int
    private(set) var words: [UInt64]

    init(rowCount: Int) {
        self.rowCount = rowCount
        words = Array(repeating: 0, count: RowSet.wordCount(rowCount))
    }

    private static func wordCount(_ rowCount: Int) -> Int { (rowCount + 63) / 64 }

    /// How many rows of a range are in the set. Counted in the halves of each word side by side, since the
    /// baseline x86-64 has no instruction for it and this form runs on vectors.
    func count(in range: Range<Int>) -> Int {
        words.withUnsafeBufferPointer { words in
            var total: UInt64 = 0
            for index in RowSet.words(of: range) { total &+= RowSet.bitCount(words[index]) }
            return Int(total)
        }
    }

    private static func bitCount(_ word: UInt64) -> UInt64 {
        var bits = word &- (word >> 1 & 0x5555_5555_5555_5555)
        bits = (bits & 0x3333_3333_3333_3333) &+ (bits >> 2 & 0x3333_3333_3333_3333)
        bits = (bits &+ (bits >> 4)) & 0x0F0F_0F0F_0F0F_0F0F
        bits = bits &+ (bits >> 8)
        bits = bits &+ (bits >> 16)
        return (bits &+ (bits >> 32)) & 0x7F
    }

    func contains(_ row: Int) -> Bool {
        words[row >> 6] >> UInt64(row & 63) & 1 == 1
    }

    mutating func insert(_ row: Int) {
        words[row >> 6] |= 1 << UInt64(row & 63)
    }

    mutating func insert(_ rows: ArraySlice<UInt32>) {
        words.withUnsafeMutableBufferPointer { words in
            for row in rows { words[Int(row >> 6)] |= 1 << UInt64(row & 63) }
        }
    }

    /// Removes rows that are in the set.
    mutating func remove(_ rows: ArraySlice<UInt32>) {
        words.withUnsafeMutableBufferPointer { words in
            for row in rows { words[Int(row >> 6)] &= ~(1 << UInt64(row & 63)) }
        }
    }

    mutating func formUnion(_ other: RowSet) {
        combine(other) { $0 | $1 }
    }

    mutating func subtract(_ other: RowSet) {
        combine(other) { $0 & ~$1 }
    }

    /// Adds the rows that pass; every row is asked.
    mutating func formUnion(where isIncluded: (Int) -> Bool) {
        for index in words.indices {
            var word = words[index]
            let first = index * 64
            for row in first..<min(first + 64, rowCount) {
                word |= (isIncluded(row) ? 1 : 0) << UInt64(row - first)
            }
            words[index] = word
        }
    }

    /// Unchecked accesses let the loop run on vectors: a total over a million rows is made of these.
    /// Both indices stay below both counts, by the bound of the loop.
    private mutating func combine(_ other: RowSet, _ operation: (UInt64, UInt64) -> UInt64) {
        words.withUnsafeMutableBufferPointer { own in
            other.words.withUnsafeBufferPointer { other in
                for index in 0..<min(own.count, other.count) {
                    own[index] = operation(own[index], other[index])
                }
            }
        }
    }

    /// The bits at and above `bit`, which may lie outside the word.
    private static func mask(from bit: Int) -> UInt64 {
        bit <= 0 ? .max : bit >= 64 ? 0 : UInt64.max << UInt64(bit)
    }

    /// The words that hold a range.
    private static func words(of range: Range<Int>) -> Range<Int> {
        range.isEmpty ? 0..<0 : range.lowerBound >> 6..<(range.upperBound + 63) >> 6
    }

    /// The lowest row that is not below `row`.
    func next(from row: Int) -> Int? {
        guard row < rowCount else { return nil }
        var index = row >> 6
        var word = words[index] & (UInt64.max << UInt64(row & 63))
        while word == 0 {
            index += 1
            guard index < words.count else { return nil }
            word = words[index]
        }
        return index << 6 + word.trailingZeroBitCount
    }

    func forEach(_ body: (Int) -> Void) {
        words.withUnsafeBufferPointer { words in
            for index in 0..<words.count {
                var word = words[index]
                while word != 0 {
                    body(index << 6 + word.trailingZeroBitCount)
                    word &= word &- 1
                }
            }
        }
    }
}

extension RowSet {
    /// The rows of a range that are in every one of the sets, which belong to the same snapshot.
    init(rowCount: Int, intersectionOf sets: [RowSet], in range: Range<Int>) {
        self.rowCount = rowCount
        let wordCount = RowSet.wordCount(rowCount)
        words = Array(unsafeUninitializedCapacity: wordCount) { words, initializedCount in
            words.initialize(repeating: 0)
            initializedCount = wordCount
            let inside = RowSet.words(of: range)
            for index in inside { words[index] = .max }
            for set in sets {
                set.words.withUnsafeBufferPointer { other in
                    for index in inside.clamped(to: other.indices) { words[index] &= other[index] }
                }
            }
            guard let last = inside.last else { return }
            words[inside.lowerBound] &= RowSet.mask(from: range.lowerBound - inside.lowerBound * 64)
            words[last] &= ~RowSet.mask(from: range.upperBound - last * 64)
        }
    }
}
