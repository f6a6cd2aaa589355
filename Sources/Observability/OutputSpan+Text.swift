/// Text into a place whose size was settled before: no check of room per byte, no growth on the way.
extension OutputSpan where Element == UInt8 {
    public mutating func append(ascii text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func append(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { append($0) }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        precondition(bytes.count <= freeCapacity, "room was believed to be settled")
        withUnsafeMutableBufferPointer { target, count in
            guard let source = bytes.baseAddress, let place = target.baseAddress else { return }
            // Within `freeCapacity`, as checked above.
            (place + count).initialize(from: source, count: bytes.count)
            count += bytes.count
        }
    }

    /// Digits of a number that is not negative; a negative one counts as 0.
    public mutating func append(decimal value: Int, digitCountMin: Int = 1) {
        var rest = UInt64(max(0, value))
        var digits: UInt64 = 0
        var digitCount = 0
        // Four bits a digit, the last digit lowest, sixteen at most; what is larger goes the slow way.
        guard rest < 10_000_000_000_000_000 else { return append(String(rest).utf8.span) }
        while rest > 0 || digitCount < digitCountMin {
            digits |= (rest % 10) << UInt64(4 * digitCount)
            rest /= 10
            digitCount += 1
        }
        while digitCount > 0 {
            digitCount -= 1
            append(
                UInt8(ascii: "0")
                    + UInt8(truncatingIfNeeded: digits >> UInt64(4 * digitCount) & 0xF)
            )
        }
    }

    public mutating func append(_ id: RequestID) {
        append(hexadecimal: id.seed, digitCount: RequestID.seedDigitCount)
        append(UInt8(ascii: "-"))
        append(hexadecimal: id.count, digitCount: RequestID.countDigitCount)
    }

    private mutating func append(hexadecimal value: UInt64, digitCount: Int) {
        for digit in (0..<digitCount).reversed() {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt64(4 * digit)) & 0xF
            append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble)
        }
    }
}

extension Span<UInt8> {
    /// Whether these bytes stand in a JSON string, and on a terminal, as they are: visible ASCII and blanks
    /// without quotes and backslashes.
    public var isPlainText: Bool { withUnsafeBufferPointer { isPlain($0) } }
}
