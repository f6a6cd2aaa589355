import ImageModel

/// Bytes of JSON, written without going through `String`.
enum JSONEncoding {
    static func quoted(_ text: String?) -> [UInt8] {
        guard let text else { return Array("null".utf8) }
        var bytes: [UInt8] = []
        appendQuoted(text.utf8.span, to: &bytes)
        return bytes
    }

    static func appendQuoted(_ text: Span<UInt8>, to target: inout [UInt8]) {
        target.append(UInt8(ascii: "\""))
        appendContents(text, to: &target)
        target.append(UInt8(ascii: "\""))
    }

    /// What stands between the quotes. Nearly no text needs an escape, so it is copied whole.
    static func appendContents(_ text: Span<UInt8>, to target: inout [UInt8]) {
        text.withUnsafeBufferPointer { text in
            if !needsEscape(text) {
                target.append(contentsOf: text)
                return
            }
            for byte in text {
                if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    appendEscaped(byte, to: &target)
                } else {
                    target.append(byte)
                }
            }
        }
    }

    static func append(_ number: Int64, to target: inout [UInt8]) {
        if (0..<10_000).contains(number) {
            appendDigits(
                Int(number),
                number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4,
                &target
            )
        } else {
            target.append(contentsOf: String(number).utf8)
        }
    }

    /// What `Timestamp.rfc3339` says, faster for whole seconds of four-digit years.
    static func append(_ date: Timestamp, to target: inout [UInt8]) {
        let time = CivilTime(date)
        target.append(UInt8(ascii: "\""))
        if date.microseconds % 1_000_000 == 0, (0...9999).contains(time.year) {
            appendWhole(time, to: &target)
        } else {
            target.append(contentsOf: date.rfc3339.utf8)
        }
        target.append(UInt8(ascii: "\""))
    }

    private static func appendWhole(_ time: CivilTime, to target: inout [UInt8]) {
        appendDigits(time.year, 4, &target)
        target.append(UInt8(ascii: "-"))
        appendDigits(time.month, 2, &target)
        target.append(UInt8(ascii: "-"))
        appendDigits(time.day, 2, &target)
        target.append(UInt8(ascii: "T"))
        appendDigits(time.hour, 2, &target)
        target.append(UInt8(ascii: ":"))
        appendDigits(time.minute, 2, &target)
        target.append(UInt8(ascii: ":"))
        appendDigits(time.second, 2, &target)
        target.append(UInt8(ascii: "Z"))
    }

    /// A number of at most four digits, with leading zeros.
    private static func appendDigits(_ number: Int, _ count: Int, _ target: inout [UInt8]) {
        if count >= 4 { target.append(UInt8(48 + number / 1000 % 10)) }
        if count >= 3 { target.append(UInt8(48 + number / 100 % 10)) }
        if count >= 2 { target.append(UInt8(48 + number / 10 % 10)) }
        target.append(UInt8(48 + number % 10))
    }

    private static func needsEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        // Without a branch, so that it runs on vectors.
        for byte in text {
            let isControl: UInt8 = byte < 0x20 ? 1 : 0
            let isQuote: UInt8 = byte == UInt8(ascii: "\"") ? 1 : 0
            let isBackslash: UInt8 = byte == UInt8(ascii: "\\") ? 1 : 0
            found |= isControl | isQuote | isBackslash
        }
        return found != 0
    }

    private static func appendEscaped(_ byte: UInt8, to target: inout [UInt8]) {
        target.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: target.append(UInt8(ascii: "n"))
        case 0x0D: target.append(UInt8(ascii: "r"))
        case 0x09: target.append(UInt8(ascii: "t"))
        case 0..<0x20:
            target.append(contentsOf: "u00".utf8)
            target.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            target.append(contentsOf: String(byte & 15, radix: 16).utf8)
        default: target.append(byte)
        }
    }
}
