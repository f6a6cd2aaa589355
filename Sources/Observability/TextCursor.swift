/// Writes text into memory whose room was settled before: each text looks once whether it fits, and nothing grows on
/// the way.
///
/// An `OutputSpan` looks at its own three numbers several times for each text, which for a line of many short ones is
/// more work than the writing.
public struct TextCursor: ~Copyable {
    // Invariant: `place...end` lies within memory of `withTextCursor`'s caller, for as long as the cursor lives.
    @usableFromInline var place: UnsafeMutableRawPointer
    @usableFromInline let end: UnsafeMutableRawPointer

    @inlinable @inline(__always)
    init(_ place: UnsafeMutableRawPointer, _ end: UnsafeMutableRawPointer) {
        self.place = place
        self.end = end
    }

    /// Traps where there is no room for so many bytes.
    @inlinable @inline(__always)
    func checkRoom(_ byteCount: Int) {
        precondition(byteCount <= end - place, "room was believed to be settled")
    }

    /// Where it is written out, a text that stands in the program becomes a few stores of known size.
    @inlinable @inline(__always)
    public mutating func append(ascii text: StaticString) {
        checkRoom(text.utf8CodeUnitCount)
        place.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        place += text.utf8CodeUnitCount
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: Span<UInt8>) {
        checkRoom(text.count)
        text.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            place.copyMemory(from: source, byteCount: bytes.count)
            place += bytes.count
        }
    }

    /// Digits of a number that is not negative; a negative one counts as 0.
    @inlinable @inline(__always)
    public mutating func append(decimal value: Int) {
        if value >= 0, value < 10, end != place {
            let digit = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)
            place.storeBytes(of: digit, as: UInt8.self)
            place += 1
        } else {
            append(digits: value)
        }
    }

    /// Eight digits and less, where there is room for eight bytes, are found and written at once.
    @usableFromInline
    mutating func append(digits value: Int) {
        guard value >= 0, value < 100_000_000, end - place >= 8 else {
            return append(anyDecimal: value)
        }
        let digits = DecimalDigits.eight(of: UInt32(truncatingIfNeeded: value))
        let zeroCount = min(digits.trailingZeroBitCount / 8, 7)
        let text = (digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: 8 &* zeroCount)
        place.storeBytes(of: text.littleEndian, as: UInt64.self)
        place += 8 &- zeroCount
    }

    /// Not inlined: what it needs would have to be ready for all others, too.
    @inline(never)
    private mutating func append(anyDecimal value: Int) {
        append(String(max(0, value)).utf8.span)
    }

    /// 32 hexadecimal digits.
    public mutating func append(_ id: TraceContext.TraceID) {
        append(id.description.utf8.span)
    }

    public mutating func append(_ id: RequestID) {
        checkRoom(RequestID.byteCount)
        id.write(to: place)
        place += RequestID.byteCount
    }
}

extension OutputSpan where Element == UInt8 {
    /// Appends what `body` writes.
    @inlinable @inline(__always)
    public mutating func withTextCursor(_ body: (inout TextCursor) -> Void) {
        withUnsafeMutableBufferPointer { target, count in
            guard let start = target.baseAddress else { return }
            let (place, end) = (start + count, start + target.count)
            var cursor = TextCursor(UnsafeMutableRawPointer(place), UnsafeMutableRawPointer(end))
            body(&cursor)
            // The cursor never leaves its room, as each text has looked.
            count += cursor.place - UnsafeMutableRawPointer(place)
        }
    }
}
