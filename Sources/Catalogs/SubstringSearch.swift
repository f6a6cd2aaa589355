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
            while offset + 8 <= lastStart {
                if offset + 64 <= lastStart, !needle.mayOccur(bytes, inBlockAt: offset) {
                    offset += 64
                    continue
                }
                let blockEnd = min(offset + 64, lastStart)
                while offset + 8 <= blockEnd {
                    offset = visit(needle, bytes, at: offset, body)
                }
            }
            while offset <= lastStart {
                let isHit = needle.begins(bytes, at: offset)
                offset = isHit ? max(offset + 1, body(offset)) : offset + 1
            }
        }
    }

    /// Looks at eight starts; returns where to go on.
    @inline(__always)
    private static func visit(
        _ needle: Needle,
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int,
        _ body: (_ offset: Int) -> Int
    ) -> Int {
        var hits = needle.hits(bytes, at: offset)
        while hits != 0 {
            let candidate = offset + hits.trailingZeroBitCount / 8
            hits &= hits - 1
            if !needle.begins(bytes, at: candidate) { continue }
            let resumed = max(candidate + 1, body(candidate))
            if resumed >= offset + 8 { return resumed }
            hits &= UInt64.max << UInt64((resumed - offset) * 8)
        }
        return offset + 8
    }

    /// A word to look for. Where its first and last byte are right a comparison is worth while.
    private struct Needle {
        private let word: [UInt8]
        /// The first and the last byte in every place.
        private let first: SIMD16<UInt8>
        private let last: SIMD16<UInt8>
        private let firsts: UInt64
        private let lasts: UInt64
        private let distance: Int
        /// The first eight bytes, and which of them the word has.
        private let head: UInt64
        private let headMask: UInt64

        init?(_ word: [UInt8]) {
            guard let first = word.first, let last = word.last else { return nil }
            self.word = word
            self.first = SIMD16(repeating: first)
            self.last = SIMD16(repeating: last)
            firsts = 0x0101_0101_0101_0101 &* UInt64(first)
            lasts = 0x0101_0101_0101_0101 &* UInt64(last)
            distance = word.count - 1
            head = word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
            headMask = word.count < 8 ? 1 << UInt64(word.count * 8) - 1 : .max
        }

        /// The top bit of each byte of the eight starts at `offset` where both bytes are right; bytes above
        /// a right one may be marked wrongly.
        @inline(__always)
        func hits(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
            let head = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let tail = bytes.loadUnaligned(fromByteOffset: offset + distance, as: UInt64.self)
            return Needle.zeros(((head ^ firsts) | (tail ^ lasts)).littleEndian)
        }

        @inline(__always)
        private static func zeros(_ bytes: UInt64) -> UInt64 {
            (bytes &- 0x0101_0101_0101_0101) & ~bytes & 0x8080_8080_8080_8080
        }

        /// The same for 64 starts at once, without saying where.
        @inline(__always)
        func mayOccur(_ bytes: UnsafeRawBufferPointer, inBlockAt offset: Int) -> Bool {
            let left = pointwiseMin(misses(bytes, at: offset), misses(bytes, at: offset + 16))
            let right = pointwiseMin(misses(bytes, at: offset + 32), misses(bytes, at: offset + 48))
            let least = unsafeBitCast(pointwiseMin(left, right), to: SIMD2<UInt64>.self)
            return Needle.zeros(least[0]) | Needle.zeros(least[1]) != 0
        }

        /// Zero where both bytes are right.
        @inline(__always)
        private func misses(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> SIMD16<UInt8> {
            let head = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
            let tail = bytes.loadUnaligned(
                fromByteOffset: offset + distance,
                as: SIMD16<UInt8>.self
            )
            return (head ^ first) | (tail ^ last)
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
