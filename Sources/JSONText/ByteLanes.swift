/// Eight bytes looked at together.
@usableFromInline
enum ByteLanes {
    @inlinable static var highBits: UInt64 { 0x8080_8080_8080_8080 }
    @inlinable static var ones: UInt64 { 0x0101_0101_0101_0101 }

    /// Marks what ends a run of plain text inside a string, with the high bit of its byte: a quote, a
    /// backslash, a control character. Marks above the lowest one may be wrong.
    @inlinable @inline(__always)
    static func textEnds(_ bytes: UInt64) -> UInt64 {
        // A lane that is zero, or below a blank, borrows; one beyond ASCII does not count.
        let quotes = (bytes ^ (ones &* 0x22)) &- ones
        let backslashes = (bytes ^ (ones &* 0x5C)) &- ones
        let controls = bytes &- (ones &* 0x20)
        return (quotes | backslashes | controls) & ~bytes & highBits
    }

    /// Not zero if one of the bytes is a blank, a control character or DEL.
    @inline(__always)
    static func blanks(_ bytes: UInt64) -> UInt64 {
        let upToBlank = bytes &- (ones &* 0x21)
        let deletes = (bytes ^ (ones &* 0x7F)) &- ones
        return (upToBlank | deletes) & ~bytes & highBits
    }

    /// Marks the bytes that are no ASCII digits.
    @inline(__always)
    static func othersThanDigits(_ bytes: UInt64) -> UInt64 {
        let values = bytes ^ (ones &* 0x30)
        // From 10 on; what a lane has beyond seven bits counts by itself, so that none carries.
        let fromTen = (values & ~highBits) &+ (ones &* (0x80 - 10))
        return (fromTen | values) & highBits
    }

    /// All bits of the bytes before the one with the lowest mark; all bits without a mark.
    @inlinable @inline(__always)
    static func before(_ marks: UInt64) -> UInt64 {
        ((marks & (0 &- marks)) &>> 7) &- 1
    }
}

/// The plain text at one place of a string, as far as it is among the next sixteen bytes.
@usableFromInline
struct TextBlock {
    /// 0...16; 16 if the text goes on.
    @usableFromInline let byteCount: Int
    /// The text's bytes, zeros behind them.
    @usableFromInline let head: UInt64
    @usableFromInline let second: UInt64

    @inlinable @inline(__always)
    init(_ low: UInt64, _ high: UInt64) {
        let (lowEnds, highEnds) = (ByteLanes.textEnds(low), ByteLanes.textEnds(high))
        let isShort = lowEnds != 0
        let lowCount = lowEnds.trailingZeroBitCount &>> 3
        let highCount = 8 &+ (highEnds.trailingZeroBitCount &>> 3)
        byteCount = isShort ? lowCount : highCount
        head = low & ByteLanes.before(lowEnds)
        second = isShort ? 0 : high & ByteLanes.before(highEnds)
    }

    @inlinable var highBits: UInt64 { (head | second) & ByteLanes.highBits }
}

extension HeldText {
    /// The eight bytes at an offset, the first one lowest; `nil` if the text ends before.
    @inlinable @inline(__always)
    func eight(at offset: Int) -> UInt64? {
        guard offset &+ 8 <= count else { return nil }
        // Of this text, because it ends behind them.
        return UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self).littleEndian
    }
}
