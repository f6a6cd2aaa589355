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
        guard let needle = SubstringNeedle(word), lastStart >= 0 else { return }
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
        _ needle: SubstringNeedle,
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

    static func contains(_ text: Span<UInt8>, _ word: [UInt8]) -> Bool {
        guard let needle = SubstringNeedle(word) else { return true }
        return text.bytes.withUnsafeBytes { needle.occurs(in: $0, within: 0..<$0.count) }
    }
}

extension TextTable {
    /// Whether one text contains the word.
    @inline(__always)
    func contains(_ word: SubstringNeedle, in index: Int) -> Bool {
        bytes.withUnsafeBytes { word.occurs(in: $0, within: range(index)) }
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
