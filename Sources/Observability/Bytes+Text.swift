extension [UInt8] {
    /// Appends `text` as the inside of a JSON string. Besides what JSON demands, everything that could move a
    /// terminal's cursor or break a line is escaped: DEL, the C1 controls, U+2028 and U+2029, and the
    /// bidirectional overrides.
    mutating func append(jsonEscaped text: String, bytesMax: Int) {
        guard !appendPlain(text, bytesMax) else { return }
        var room = bytesMax
        for scalar in text.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { return append(contentsOf: "…".utf8) }
            append(jsonEscaped: scalar)
        }
    }

    /// The common case, at the speed of memory: short ASCII without anything to escape.
    private mutating func appendPlain(_ text: String, _ bytesMax: Int) -> Bool {
        let isDone = text.utf8.withContiguousStorageIfAvailable { utf8 in
            guard utf8.count <= bytesMax, isPlain(utf8) else { return false }
            append(contentsOf: utf8)
            return true
        }
        return isDone ?? false
    }

    /// The same of bytes, which need not be UTF-8: what is not is shown as U+FFFD.
    mutating func append(jsonEscaped text: Span<UInt8>, bytesMax: Int) {
        let isDone = text.withUnsafeBufferPointer { bytes in
            guard bytes.count <= bytesMax, isPlain(bytes) else { return false }
            append(contentsOf: bytes)
            return true
        }
        guard !isDone else { return }
        let copy = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        append(jsonEscaped: copy, bytesMax: bytesMax)
    }

    private mutating func append(jsonEscaped scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append(contentsOf: "\\\"".utf8)
        case "\\": append(contentsOf: "\\\\".utf8)
        case "\n": append(contentsOf: "\\n".utf8)
        case "\r": append(contentsOf: "\\r".utf8)
        case "\t": append(contentsOf: "\\t".utf8)
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}",
            "\u{2066}"..."\u{2069}":
            append(contentsOf: "\\u".utf8)
            append(hexadecimal: UInt64(scalar.value), digitCount: 4)
        default: append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    mutating func append(hexadecimal value: UInt64, digitCount: Int) {
        for digit in (0..<digitCount).reversed() {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt64(4 * digit)) & 0xF
            append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble)
        }
    }

    /// At most 20 digits are filled up with zeros.
    mutating func append(decimal value: Int, digitCountMin: Int = 1) {
        if value < 0 { append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = value.magnitude
            var start = 20
            while rest > 0 || start > 20 - digitCountMin {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }

    /// `1234567` as `1234.567`.
    mutating func append(thousandths value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        append(decimal: Int(value.magnitude / 1_000))
        append(UInt8(ascii: "."))
        append(decimal: Int(value.magnitude % 1_000), digitCountMin: 3)
    }

    /// RFC 3339 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
    mutating func append(timeMicroseconds time: Int64) {
        let milliseconds = time.floorDivided(by: 1_000)
        let seconds = milliseconds.floorDivided(by: 1_000)
        let days = seconds.floorDivided(by: 86_400)
        append(dateOfDay: Int(days))
        let second = Int(seconds - days * 86_400)
        append(mark: "T", second / 3_600)
        append(mark: ":", second / 60 % 60)
        append(mark: ":", second % 60)
        append(UInt8(ascii: "."))
        append(decimal: Int(milliseconds - seconds * 1_000), digitCountMin: 3)
        append(UInt8(ascii: "Z"))
    }

    /// Proleptic Gregorian date of a day since 1970-01-01, by counting 400-year eras from 1 March 0000.
    private mutating func append(dateOfDay day: Int) {
        let shifted = day + 719_468
        let era = Int(Int64(shifted).floorDivided(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        append(decimal: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), digitCountMin: 4)
        append(mark: "-", month)
        append(mark: "-", dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private mutating func append(mark: Unicode.Scalar, _ twoDigits: Int) {
        append(UInt8(ascii: mark))
        append(decimal: twoDigits, digitCountMin: 2)
    }
}

/// Without an early exit, so that it is done many bytes at a time.
func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var isPlain = true
    for byte in bytes {
        let isPrinted = byte &- 0x20 < 0x5F
        isPlain = isPlain && isPrinted && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    return isPlain
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

extension Span<UInt8> {
    /// Whether these bytes stand in a JSON string, and on a terminal, as they are: visible ASCII and blanks
    /// without quotes and backslashes.
    public var isPlainText: Bool { withUnsafeBufferPointer { isPlain($0) } }
}
