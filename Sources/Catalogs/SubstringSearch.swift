/// Finds a word in a long blob of texts, eight bytes at a time.
enum SubstringSearch {
    /// Calls `body` with the offset of each occurrence at or behind `start`, in ascending order; `body`
    /// returns where to go on. The word is not empty.
    static func forEachOccurrence(
        of word: [UInt8],
        in blob: [UInt8],
        _ body: (_ offset: Int) -> Int
    ) {
        let lastStart = blob.count - word.count
        guard let first = word.first, let last = word.last, lastStart >= 0 else { return }
        // Every load below ends within `blob`: the loop stops a whole block before the last start, and a
        // word's last byte lies `word.count - 1` behind its first.
        blob.withUnsafeBytes { bytes in
            var offset = 0
            let firsts = 0x0101_0101_0101_0101 &* UInt64(first)
            let lasts = 0x0101_0101_0101_0101 &* UInt64(last)
            while offset <= lastStart {
                offset = skip(bytes, from: offset, to: lastStart, firsts, lasts, word.count - 1)
                let limit = min(offset + 32, lastStart + 1)
                while offset < limit {
                    if bytes[offset] == first, begins(bytes, at: offset, with: word) {
                        offset = max(offset + 1, body(offset))
                    } else {
                        offset += 1
                    }
                }
            }
        }
    }

    /// Over whole blocks of 32 starts in which no place has both the word's first and its last byte.
    private static func skip(
        _ bytes: UnsafeRawBufferPointer,
        from start: Int,
        to lastStart: Int,
        _ firsts: UInt64,
        _ lasts: UInt64,
        _ distance: Int
    ) -> Int {
        var offset = start
        while offset + 32 <= lastStart {
            var hits: UInt64 = 0
            for step in 0..<4 {
                let head = bytes.loadUnaligned(fromByteOffset: offset + step * 8, as: UInt64.self)
                let tail = bytes.loadUnaligned(
                    fromByteOffset: offset + step * 8 + distance,
                    as: UInt64.self
                )
                // A byte is zero where both bytes are right; the usual test for a zero byte follows.
                let both = (head ^ firsts) | (tail ^ lasts)
                hits |= (both &- 0x0101_0101_0101_0101) & ~both & 0x8080_8080_8080_8080
            }
            if hits != 0 { return offset }
            offset += 32
        }
        return offset
    }

    private static func begins(
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int,
        with word: [UInt8]
    ) -> Bool {
        for index in word.indices where bytes[offset + index] != word[index] { return false }
        return true
    }

    static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
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
    /// Calls `body` with the index of each text that contains the word, in ascending order.
    func forEach(containing word: [UInt8], _ body: (_ index: Int) -> Void) {
        var index = 0
        SubstringSearch.forEachOccurrence(of: word, in: bytes) { offset in
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
