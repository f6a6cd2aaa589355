/// A hash that is the same in every process, unlike `Hasher`: fingerprints outlive a restart.
/// Eight bytes at a time; not made to resist someone who looks for collisions.
struct StableHash {
    private(set) var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func combine(_ word: UInt64) {
        state = (state ^ word) &* 0xFF51_AFD7_ED55_8CCD
        state ^= state >> 32
    }

    /// The length goes in first, so that neighbouring texts cannot trade bytes.
    mutating func combine(_ bytes: Span<UInt8>) {
        combine(UInt64(bytes.count))
        var offset = 0
        let raw = bytes.bytes
        while offset + 8 <= raw.byteCount {
            combine(raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < raw.byteCount {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        combine(rest)
    }

    mutating func combine(_ text: String) {
        combine(text.utf8.span)
    }

    mutating func combine(_ text: String?) {
        combine(UInt64(text == nil ? 0 : 1))
        if let text { combine(text) }
    }

    mutating func combine(_ number: (some FixedWidthInteger)?) {
        combine(UInt64(number == nil ? 0 : 1))
        if let number { combine(UInt64(truncatingIfNeeded: number)) }
    }
}
