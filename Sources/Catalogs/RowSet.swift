/// A set of rows of one snapshot, or of other things that are numbered, a bit each.
struct RowSet: Sendable {
    let rowCount: Int
    private(set) var words: [UInt64]

    init(rowCount: Int) {
        self.rowCount = rowCount
        words = Array(repeating: 0, count: RowSet.wordCount(rowCount))
    }

    private init(rowCount: Int, words: [UInt64]) {
        self.rowCount = rowCount
        self.words = words
    }

    private static func wordCount(_ rowCount: Int) -> Int { (rowCount + 63) / 64 }

    /// Counted in the halves of a word side by side, since the baseline x86-64 has no instruction for it and
    /// this form runs on vectors.
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

    /// Whether every row is in it.
    var isFull: Bool {
        let rest = rowCount & 63
        let whole = words.prefix(rowCount >> 6).allSatisfy { $0 == .max }
        return whole && (rest == 0 || words.last == (1 << UInt64(rest)) - 1)
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

    /// The rows that are not in the set.
    var complement: RowSet {
        var result = RowSet.intersection(of: [], in: 0..<rowCount, rowCount: rowCount).rows
        result.subtract(self)
        return result
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

    /// Whether both have a row in common. In blocks without a branch inside, so that it runs on vectors.
    func intersects(_ other: RowSet) -> Bool {
        words.withUnsafeBufferPointer { own in
            other.words.withUnsafeBufferPointer { other in
                let count = min(own.count, other.count)
                for start in stride(from: 0, to: count, by: 32) {
                    var common: UInt64 = 0
                    for index in start..<min(start + 32, count) {
                        common |= own[index] & other[index]
                    }
                    if common != 0 { return true }
                }
                return false
            }
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

    /// The first index in the range whose row is in the set. Unchecked: the range lies in `rows`, which are
    /// rows of this snapshot; long walks to the first match are made of this.
    func firstIndex(of rows: [UInt32], in range: Range<Int>) -> Int? {
        let range = range.clamped(to: rows.indices)
        return words.withUnsafeBufferPointer { words in
            rows.withUnsafeBufferPointer { rows in
                for index in range {
                    let row = rows[index]
                    if words[Int(row >> 6)] >> UInt64(row & 63) & 1 != 0 { return index }
                }
                return nil
            }
        }
    }

    /// What the rows are called in `numbers`, which has a number below `count` for each row. Unchecked: long
    /// answers are made of this.
    func renumbered(_ numbers: [UInt32], count: Int) -> RowSet {
        var result = RowSet(rowCount: count)
        result.words.withUnsafeMutableBufferPointer { words in
            numbers.withUnsafeBufferPointer { numbers in
                forEach { row in
                    let number = numbers[row]
                    words[Int(number >> 6)] |= 1 << UInt64(number & 63)
                }
            }
        }
        return result
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
    /// The rows of a range that are in every one of the sets, which belong to the same snapshot, and how
    /// many they are. Each stretch of words is intersected and counted while it is in the nearest cache.
    static func intersection(
        of sets: [RowSet],
        in range: Range<Int>,
        rowCount: Int
    ) -> (rows: RowSet, count: Int) {
        var count: UInt64 = 0
        let inside = RowSet.words(of: range)
        let wordCount = RowSet.wordCount(rowCount)
        let words = [UInt64](unsafeUninitializedCapacity: wordCount) { words, initializedCount in
            initializedCount = wordCount
            words[..<inside.lowerBound].initialize(repeating: 0)
            words[inside.upperBound..<wordCount].initialize(repeating: 0)
            for start in stride(from: inside.lowerBound, to: inside.upperBound, by: 512) {
                let stretch = start..<min(start + 512, inside.upperBound)
                if sets.isEmpty { for index in stretch { words[index] = .max } }
                for (number, set) in sets.enumerated() {
                    set.words.withUnsafeBufferPointer { other in
                        if number == 0 {
                            for index in stretch { words[index] = other[index] }
                        } else {
                            for index in stretch { words[index] &= other[index] }
                        }
                    }
                }
                if start == inside.lowerBound {
                    words[start] &= RowSet.mask(from: range.lowerBound - start * 64)
                }
                if stretch.upperBound == inside.upperBound {
                    let last = stretch.upperBound - 1
                    words[last] &= ~RowSet.mask(from: range.upperBound - last * 64)
                }
                for index in stretch { count &+= RowSet.bitCount(words[index]) }
            }
        }
        return (RowSet(rowCount: rowCount, words: words), Int(count))
    }
}
