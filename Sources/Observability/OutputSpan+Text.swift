/// Text into a place whose size was settled before: no check of room per byte, no growth on the way.
extension OutputSpan where Element == UInt8 {
    /// Where it is written out, a text that stands in the program becomes a few stores of known size.
    @inlinable @inline(__always)
    public mutating func append(ascii text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inlinable @inline(__always)
    public mutating func append(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { append($0) }
    }

    @inlinable @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "room was believed to be settled")
        withUnsafeMutableBufferPointer { target, count in
            guard let source = bytes.baseAddress, let place = target.baseAddress else { return }
            // Within `freeCapacity`, as checked above.
            (place + count).initialize(from: source, count: bytes.count)
            count += bytes.count
        }
    }

    /// Digits of a number that is not negative; a negative one counts as 0. Eight digits and less, where there is
    /// room for eight bytes, are found and written at once.
    public mutating func append(decimal value: Int, digitCountMin: Int = 1) {
        guard let short = UInt32(exactly: value), short < 100_000_000, freeCapacity >= 8,
            digitCountMin <= 8
        else { return append(long: value, digitCountMin) }
        let digits = DecimalDigits.eight(of: short)
        let zeroCount = min(digits.trailingZeroBitCount / 8, 8 - digitCountMin)
        let text = (digits | 0x3030_3030_3030_3030) >> UInt64(8 * zeroCount)
        withUnsafeMutableBufferPointer { target, count in
            guard let place = target.baseAddress else { return }
            // Eight bytes are free, as checked above.
            UnsafeMutableRawPointer(place + count)
                .storeBytes(of: text.littleEndian, as: UInt64.self)
            count += 8 - zeroCount
        }
    }

    private mutating func append(long value: Int, _ digitCountMin: Int) {
        let digits = String(max(0, value))
        for _ in digits.utf8.count..<max(digits.utf8.count, digitCountMin) {
            append(UInt8(ascii: "0"))
        }
        append(digits.utf8.span)
    }

    /// 32 hexadecimal digits.
    public mutating func append(_ id: TraceContext.TraceID) {
        append(id.description.utf8.span)
    }

    public mutating func append(_ id: RequestID) {
        precondition(freeCapacity >= RequestID.byteCount, "room was believed to be settled")
        withUnsafeMutableBufferPointer { target, count in
            guard let place = target.baseAddress else { return }
            // Within `freeCapacity`, as checked above.
            id.write(to: UnsafeMutableRawPointer(place + count))
            count += RequestID.byteCount
        }
    }
}

extension Span<UInt8> {
    /// Whether these bytes stand in a JSON string, and on a terminal, as they are: visible ASCII and blanks
    /// without quotes and backslashes.
    public var isPlainText: Bool { withUnsafeBufferPointer { isPlain($0) } }
}
