/// Finds a word in a long blob of texts, eight bytes at a time.
enum SubstringSearch {
    /// Calls `body` with the offset of each occurrence, in ascending order; `body` returns where to go on.
    /// The word is not empty.
    static func forEachOccurrence(
        of word: [UInt8],
        in blob: Span<UInt8>,
        _ body: (_ offset: Int) -> Int
    ) {
        let lastStart = blob.count - word.count
        guard let ends = Ends(word), lastStart >= 0 else { return }
        blob.bytes.withUnsafeBytes { bytes in
            var offset = 0
            // Loads of eight bytes end within the blob: each start in a block is at most the last start,
            // and the word's last byte lies `distance` behind its first.
            while offset + 8 <= lastStart {
                if offset + 32 <= lastStart, !ends.mayOccur(bytes, inBlockAt: offset) {
                    offset += 32
                    continue
                }
                var hits = ends.hits(bytes, at: offset)
                var next = offset + 8
                while hits != 0 {
                    let candidate = offset + hits.trailingZeroBitCount / 8
                    hits &= hits - 1
                    if !begins(bytes, at: candidate, with: word) { continue }
                    let resumed = max(candidate + 1, body(candidate))
                    if resumed >= offset + 8 {
                        next = resumed
                        break
                    }
                    hits &= UInt64.max << UInt64((resumed - offset) * 8)
                }
                offset = next
            }
            while offset <= lastStart {
                let isHit = begins(bytes, at: offset, with: word)
                offset = isHit ? max(offset + 1, body(offset)) : offset + 1
            }
        }
    }

    /// A word's first and last byte, eight times each: where both are right a comparison is worth while.
    private struct Ends {
        private let firsts: UInt64
        private let lasts: UInt64
        private let distance: Int

        init?(_ word: [UInt8]) {
            guard let first = word.first, let last = word.last else { return nil }
            firsts = 0x0101_0101_0101_0101 &* UInt64(first)
            lasts = 0x0101_0101_0101_0101 &* UInt64(last)
            distance = word.count - 1
        }

        /// The top bit of each byte of the eight starts at `offset` where both bytes are right; bytes above
        /// a right one may be marked wrongly.
        @inline(__always)
        func hits(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
            let head = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let tail = bytes.loadUnaligned(fromByteOffset: offset + distance, as: UInt64.self)
            let both = ((head ^ firsts) | (tail ^ lasts)).littleEndian
            return (both &- 0x0101_0101_0101_0101) & ~both & 0x8080_8080_8080_8080
        }

        /// The same for 32 starts at once, without saying where.
        @inline(__always)
        func mayOccur(_ bytes: UnsafeRawBufferPointer, inBlockAt offset: Int) -> Bool {
            hits(bytes, at: offset) | hits(bytes, at: offset + 8) | hits(bytes, at: offset + 16)
                | hits(bytes, at: offset + 24) != 0
        }
    }

    private static func begins(
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int,
        with word: [UInt8]
    ) -> Bool {
        for index in word.indices where bytes[offset + index] != word[index] { return false }
        return true
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

    /// The text in which a byte lies. Gallops, since the next hit is usually near.
    private func index(ofByte offset: Int, from start: Int) -> Int {
        var (low, step) = (start, 1)
        while low + step < count, Int(ends[low + step - 1]) <= offset {
            low += step
            step *= 2
        }
        var high = min(low + step, count)
        while low < high {
            let middle = (low + high) / 2
            if Int(ends[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
