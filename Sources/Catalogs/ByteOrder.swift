/// Bytewise order of texts.
enum ByteOrder {
    /// Negative, zero or positive, like `memcmp` with a shorter text before its continuation.
    static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let common = min(left.count, right.count)
        var offset = 0
        let (leftRaw, rightRaw) = (left.bytes, right.bytes)
        while offset + 8 <= common {
            let leftWord = leftRaw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let rightWord = rightRaw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if leftWord != rightWord {
                return leftWord.bigEndian < rightWord.bigEndian ? -1 : 1
            }
            offset += 8
        }
        while offset < common {
            if left[offset] != right[offset] { return left[offset] < right[offset] ? -1 : 1 }
            offset += 1
        }
        return left.count - right.count
    }

    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        compare(left.span, right.span)
    }

    /// The first eight bytes as a number that orders like the text does, as far as it reaches.
    static func prefixWord(_ bytes: Span<UInt8>) -> UInt64 {
        if bytes.count >= 8 {
            return bytes.bytes.unsafeLoadUnaligned(as: UInt64.self).bigEndian
        }
        var word: UInt64 = 0
        for index in 0..<bytes.count { word |= UInt64(bytes[index]) << UInt64(56 - 8 * index) }
        return word
    }
}
