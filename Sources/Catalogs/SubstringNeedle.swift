/// A word to look for. Where its first, middle and last byte are right a comparison is worth while.
struct SubstringNeedle {
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
        return Self.bits(misses[0].littleEndian) | Self.bits(misses[1].littleEndian) << 8
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
            (Self.load(bytes, offset) ^ first)
            | (Self.load(bytes, offset &+ half) ^ middle)
            | (Self.load(bytes, offset &+ distance) ^ last)
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

    /// Whether the word stands in a stretch of the bytes. What follows the stretch is looked at too where
    /// sixteen starts at once reach into it, and does not count.
    @inline(__always)
    func occurs(in bytes: UnsafeRawBufferPointer, within stretch: Range<Int>) -> Bool {
        let end = stretch.upperBound - distance
        var offset = stretch.lowerBound
        // Loads end within the bytes, since the word's last byte lies `distance` behind its first.
        while offset < end, offset + 15 + distance < bytes.count {
            var hits = hits(bytes, at: offset)
            while hits != 0 {
                let candidate = offset + hits.trailingZeroBitCount
                if candidate >= end { return false }
                if begins(bytes, at: candidate) { return true }
                hits &= hits - 1
            }
            offset += 16
        }
        while offset < end {
            if begins(bytes, at: offset) { return true }
            offset += 1
        }
        return false
    }
}
