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
        guard count >= 16 else { return areSameBytewise(one, other, count: count) }
        var index = 0
        while index &+ 64 <= count {
            let first = difference(one, other, index) | difference(one, other, index &+ 16)
            let second = difference(one, other, index &+ 32) | difference(one, other, index &+ 48)
            guard isZero(first | second) else { return false }
            index &+= 64
        }
        while index &+ 16 <= count {
            guard isZero(difference(one, other, index)) else { return false }
            index &+= 16
        }
        // The last sixteen, some of them for the second time.
        return isZero(difference(one, other, count &- 16))
    }

    private static func areSameBytewise(
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
    private static func isZero(_ differences: SIMD2<UInt64>) -> Bool {
        differences[0] | differences[1] == 0
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
