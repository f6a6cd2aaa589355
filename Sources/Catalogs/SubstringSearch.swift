/// Finds a word in a long blob of texts, 64 bytes at a time.
enum SubstringSearch {
    /// Calls `body` with the offset of each occurrence, in ascending order; `body` returns where to go on.
    /// The word is not empty.
    static func forEachOccurrence(
        of word: [UInt8],
        in blob: Span<UInt8>,
        _ body: (_ offset: Int) -> Int
    ) {
        let lastStart = blob.count - word.count
        guard let needle = Needle(word), lastStart >= 0 else { return }
        blob.bytes.withUnsafeBytes { bytes in
            var offset = 0
            // Loads end within the blob: each start that is looked at is at most the last start, and the
            // word's last byte lies `distance` behind its first.
            while offset + 15 <= lastStart {
                if offset + 63 <= lastStart, !needle.mayOccur(bytes, inBlockAt: offset) {
                    offset += 64
                    continue
                }
                let blockEnd = min(offset + 64, lastStart + 1)
                while offset + 16 <= blockEnd {
                    offset = visit(needle, bytes, at: offset, body)
                }
            }
            while offset <= lastStart {
                let isHit = needle.begins(bytes, at: offset)
                offset = isHit ? max(offset + 1, body(offset)) : offset + 1
            }
        }
    }

    /// Looks at sixteen starts; returns where to go on.
    @inline(__always)
    private static func visit(
        _ needle: Needle,
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ body: (_ offset: Int) -> Int
    ) -> Int {
        var hits = needle.hits(bytes, at: offset)
        while hits != 0 {
            let candidate = offset + hits.trailingZeroBitCount
            hits &= hits - 1
            if !needle.begins(bytes, at: candidate) { continue }
            let resumed = max(candidate + 1, body(candidate))
            if resumed >= offset + 16 { return resumed }
            hits &= UInt64.max << UInt64(resumed - offset)
        }
        return offset + 16
    }

    /// A word to look for. Where its first, middle and last byte are right a comparison is worth while.
    private struct Needle {
        private let word: [UInt8]
        /// The three bytes in every place, and how far behind the first the others lie.
        private let first: SIMD16<UInt8>
        private let middle: SIMD16<UInt8>
        private let last: SIMD16<UInt8>
        private let half: Int
        private let distance: Int
        /// The first eight bytes, and which of them the word has.
        private let head: UInt64
        private let headMask: UInt64

        init?(_ word: [UInt8]) {
            guard let first = word.first, let last = word.last else { return nil }
            self.word = word
            distance = word.count - 1
            half = word.count / 2
            self.first = SIMD16(repeating: first)
            middle = SIMD16(repeating: word[half])
            self.last = SIMD16(repeating: last)
            head = word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            headMask = word.count < 8 ? 1 << UInt64(word.count * 8) - 1 : .max
        }

        /// A bit for each of sixteen starts, set where the bytes are right.
        @inline(__always)
        func hits(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
            let misses = misses(bytes, at: offset)
            return Needle.bits(misses[0].littleEndian) | Needle.bits(misses[1].littleEndian) << 8
        }

        /// A bit for each byte that is zero: the top bit of those, moved side by side.
        @inline(__always)
        private static func bits(_ bytes: UInt64) -> UInt64 {
            let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
            let zeros = ~((bytes & low) &+ low | bytes | low)
            return (zeros >> 7 &* 0x0102_0408_1020_4080) >> 56
        }

        /// The same for 64 starts at once, without saying where.
        @inline(__always)
        func mayOccur(_ bytes: UnsafeRawBufferPointer, inBlockAt offset: Int) -> Bool {
            let left = marks(bytes, at: offset) | marks(bytes, at: offset &+ 16)
            let right = marks(bytes, at: offset &+ 32) | marks(bytes, at: offset &+ 48)
            let all = left | right
            return (all[0] | all[1]) & 0x8080_8080_8080_8080 != 0
        }

        /// The top bit of some byte of a word is set where one of its bytes is zero.
        @inline(__always)
        private func marks(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> SIMD2<UInt64> {
            let misses = misses(bytes, at: offset)
            return (misses &- SIMD2(repeating: 0x0101_0101_0101_0101)) & ~misses
        }

        /// Zero bytes where the bytes are right.
        @inline(__always)
        private func misses(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> SIMD2<UInt64> {
            let misses =
                (Needle.load(bytes, offset) ^ first)
                | (Needle.load(bytes, offset &+ half) ^ middle)
                | (Needle.load(bytes, offset &+ distance) ^ last)
            return unsafeBitCast(misses, to: SIMD2<UInt64>.self)
        }

        @inline(__always)
        private static func load(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> SIMD16<UInt8> {
            bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
        }

        /// Whether the word stands there, where it fits.
        @inline(__always)
        func begins(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
            var index = 0
            if offset + 8 <= bytes.count {
                let found = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    .littleEndian
                if (found ^ head) & headMask != 0 { return false }
                index = 8
            }
            while index < word.count {
                if bytes[offset + index] != word[index] { return false }
                index += 1
            }
            return true
        }
    }

    static func contains(_ text: Span<UInt8>, _ word: [UInt8]) -> Bool {
        if word.isEmpty { return true }
        var isFound = false
        forEachOccurrence(of: word, in: text) { _ in
            isFound = true
            return text.count
        }
        return isFound
    }
}

extension TextTable {
    /// Whether one text contains the word.
    func contains(_ word: [UInt8], in index: Int) -> Bool {
        SubstringSearch.contains(bytes.span.extracting(range(index)), word)
    }

    /// Calls `body` with the index of each text that contains the word, in ascending order.
    func forEach(containing word: [UInt8], _ body: (_ index: Int) -> Void) {
        var index = 0
        SubstringSearch.forEachOccurrence(of: word, in: bytes.span) { offset in
            index = self.index(ofByte: offset, from: index)
            let end = Int(ends[index])
            if offset + word.count > end { return offset + 1 }
            body(index)
            return end
        }
    }

    /// The text in which a byte lies. The next hit is usually near: a few steps, then a gallop.
    private func index(ofByte offset: Int, from start: Int) -> Int {
        var low = start
        let near = min(start + 16, count)
        while low < near, Int(ends[low]) <= offset { low += 1 }
        if low < near { return low }
        var step = 1
        while low + step < count, Int(ends[low + step - 1]) <= offset {
            low += step
            step *= 2
        }
        return (low..<min(low + step, count)).partitionPoint { Int(ends[$0]) > offset }
    }
}
