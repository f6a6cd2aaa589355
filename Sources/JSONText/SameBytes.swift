/// Whether two texts are the same byte for byte, sixty-four bytes a step: a page that came again is told by it.
public enum SameBytes {
    /// Strings equal each other where they look alike to Unicode (canonical equivalence); who is let in is told
    /// byte by byte.
    public static func areSame(_ one: String, _ other: String) -> Bool {
        areSame(one.utf8.span, other.utf8.span)
    }

    public static func areSame(_ one: borrowing Span<UInt8>, _ other: borrowing Span<UInt8>) -> Bool
    {
        guard one.count == other.count else { return false }
        return one.withUnsafeBytes { one in
            other.withUnsafeBytes { other in
                guard let first = one.baseAddress, let second = other.baseAddress else {
                    return true
                }
                return areSame(first, second, count: one.count)
            }
        }
    }

    /// Both addresses have `count` bytes behind them.
    static func areSame(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, count: Int) -> Bool {
        var index = 0
        while index &+ 64 <= count {
            guard isBlockSame(one + index, other + index) else { return false }
            index &+= 64
        }
        guard count >= 8 else { return areFewSame(one, other, count: count) }
        var differences: UInt64 = 0
        while index &+ 8 < count {
            differences |= word(one, index) ^ word(other, index)
            index &+= 8
        }
        // The last eight again, as far as they were looked at.
        return differences | (word(one, count &- 8) ^ word(other, count &- 8)) == 0
    }

    /// How many bytes both begin with.
    static func beginning(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, countMax: Int) -> Int
    {
        var index = 0
        while index &+ 64 <= countMax, isBlockSame(one + index, other + index) { index &+= 64 }
        while index &+ 8 <= countMax {
            let differences = (word(one, index) ^ word(other, index)).littleEndian
            if differences != 0 { return index &+ (differences.trailingZeroBitCount &>> 3) }
            index &+= 8
        }
        while index < countMax, byte(one, index) == byte(other, index) { index &+= 1 }
        return index
    }

    /// How many bytes both end with; the addresses are those behind the last ones.
    static func end(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, countMax: Int) -> Int {
        var count = 0
        while count &+ 64 <= countMax, isBlockSame(one - count - 64, other - count - 64) {
            count &+= 64
        }
        while count &+ 8 <= countMax {
            let place = -8 &- count
            let differences = (word(one, place) ^ word(other, place)).littleEndian
            if differences != 0 { return count &+ (differences.leadingZeroBitCount &>> 3) }
            count &+= 8
        }
        while count < countMax, byte(one, ~count) == byte(other, ~count) { count &+= 1 }
        return count
    }

    /// Whether the next sixty-four bytes are the same.
    @inline(__always)
    private static func isBlockSame(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer) -> Bool {
        let first = difference(one, other, 0) | difference(one, other, 16)
        let second = difference(one, other, 32) | difference(one, other, 48)
        let all = first | second
        return all[0] | all[1] == 0
    }

    private static func areFewSame(
        _ one: UnsafeRawPointer,
        _ other: UnsafeRawPointer,
        count: Int
    ) -> Bool {
        for index in 0..<count where byte(one, index) != byte(other, index) { return false }
        return true
    }

    @inline(__always)
    private static func byte(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt8 {
        bytes.load(fromByteOffset: offset, as: UInt8.self)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always)
    private static func difference(
        _ one: UnsafeRawPointer,
        _ other: UnsafeRawPointer,
        _ offset: Int
    ) -> SIMD2<UInt64> {
        one.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
            ^ other.loadUnaligned(fromByteOffset: offset, as: SIMD2<UInt64>.self)
    }
}
