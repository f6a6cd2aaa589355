/// Writes text into memory that its owner has made large enough; `bound` functions say how much that is.
///
/// Nothing here looks for the end of the memory: a page is some thousand short writes. `RowEncoder` adds up
/// the bounds of all it writes before it makes the memory.
struct ByteCursor {
    private(set) var next: UnsafeMutablePointer<UInt8>

    /// Bytes of the longest number: a sign and 19 digits.
    static let numberBytesMax = 20
    /// Bytes of the longest date with its quotes.
    static let dateBytesMax = 29
    /// Bytes that one byte of text may become.
    static let escapeBytesMax = 6

    init(_ start: UnsafeMutablePointer<UInt8>) {
        next = start
    }

    @inline(__always)
    mutating func advance(_ byteCount: Int) {
        next += byteCount
    }

    @inline(__always)
    mutating func byte(_ byte: UInt8) {
        next.pointee = byte
        next += 1
    }

    @inline(__always)
    mutating func copy(_ source: Span<UInt8>) {
        source.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            next.update(from: base, count: source.count)
            next += source.count
        }
    }

    @inline(__always)
    mutating func copy(_ text: StaticString) {
        next.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        next += text.utf8CodeUnitCount
    }

    /// A number below 100, in two digits.
    @inline(__always)
    mutating func padded(_ number: Int) {
        twoDigits(number, at: 0)
        next += 2
    }

    mutating func number(_ number: Int64) {
        if number < 0 { byte(UInt8(ascii: "-")) }
        digits(number.magnitude, count: ByteCursor.digitCount(number.magnitude))
    }

    /// With leading zeros, two at a time from the end.
    @inline(__always)
    private mutating func digits(_ number: UInt64, count: Int) {
        var (rest, position) = (number, count)
        while position >= 2 {
            position -= 2
            twoDigits(Int(rest % 100), at: position)
            rest /= 100
        }
        if position == 1 { next[0] = UInt8(48 + rest % 10) }
        next += count
    }

    @inline(__always)
    private func twoDigits(_ number: Int, at offset: Int) {
        let tens = (number &* 103) >> 10
        // Both at once: the tens are the lower byte, which comes first.
        let digits = 0x3030 | tens | (number &- tens &* 10) << 8
        UnsafeMutableRawPointer(next + offset)
            .storeBytes(of: UInt16(truncatingIfNeeded: digits).littleEndian, as: UInt16.self)
    }

    private static func digitCount(_ number: UInt64) -> Int {
        var (count, bound): (Int, UInt64) = (1, 10)
        while number >= bound {
            count += 1
            bound *= 10
        }
        return count
    }
}
