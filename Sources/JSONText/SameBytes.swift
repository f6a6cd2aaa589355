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
            let first = difference(one, other, index) | difference(one, other, index &+ 16)
            let second = difference(one, other, index &+ 32) | difference(one, other, index &+ 48)
            let all = first | second
            if all[0] | all[1] != 0 { return false }
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

    private static func areFewSame(
        _ one: UnsafeRawPointer,
        _ other: UnsafeRawPointer,
        count: Int
    ) -> Bool {
        for index in 0..<count
        where one.load(fromByteOffset: index, as: UInt8.self)
            != other.load(fromByteOffset: index, as: UInt8.self)
        {
            return false
        }
        return true
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
