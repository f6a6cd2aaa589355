// Stricter than JSON5 in five places, because Foundation's decoder is: no raw control characters in a
// string, no `\v` and `\0`, no NUL in any other spelling, no escapes in unquoted keys, and no line
// continuation (the decoder keeps the line end that JSON5 drops).
extension JSON5Scanner {
    /// A key, quoted or not.
    mutating func scanKey() throws(JSON5SyntaxError) -> String {
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try scanString()
        default: return try scanIdentifier()
        }
    }

    /// A quoted string; returns what it means.
    mutating func scanString() throws(JSON5SyntaxError) -> String {
        let start = offset
        let quote = bytes[offset]
        offset += 1
        var content: [UInt8] = []
        while let byte = peek, byte != quote {
            switch byte {
            case 0x0A, 0x0D: throw openString(start)
            case 0..<0x20:
                throw failure("a control character stands in a string", "write \\u escapes")
            case UInt8(ascii: "\\"): try scanEscape(into: &content)
            default:
                content.append(byte)
                offset += 1
            }
        }
        guard peek == quote else { throw openString(start) }
        offset += 1
        return String(decoding: content, as: UTF8.self)
    }

    private func openString(_ start: Int) -> JSON5SyntaxError {
        failure("this string has no closing quote on its line", at: start)
    }

    private mutating func scanEscape(into content: inout [UInt8]) throws(JSON5SyntaxError) {
        let start = offset
        let letter = offset + 1 < bytes.count ? bytes[offset + 1] : 0
        offset += 2
        let scalar: Unicode.Scalar
        switch letter {
        case UInt8(ascii: "u"): scalar = try scanScalar(start)
        case UInt8(ascii: "x"): scalar = Unicode.Scalar(UInt8(try scanHex(2, start)))
        default:
            guard let meaning = Self.simpleEscapes[letter] else { throw unknownEscape(start) }
            return content.append(meaning)
        }
        guard scalar != "\0" else {
            throw failure("no text may hold the character NUL", at: start)
        }
        content += Array(String(scalar).utf8)
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    private func unknownEscape(_ start: Int) -> JSON5SyntaxError {
        failure(
            "this escape is not understood",
            "escapes are \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\xHH and \\uHHHH",
            at: start
        )
    }

    private mutating func scanHex(_ count: Int, _ start: Int) throws(JSON5SyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let byte = peek, let digit = ASCII.hexValue(byte) else {
                throw failure("\(count) hexadecimal digits must follow this escape", at: start)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private mutating func scanScalar(_ start: Int) throws(JSON5SyntaxError) -> Unicode.Scalar {
        let first = try scanHex(4, start)
        guard first & 0xF800 == 0xD800 else {
            return Unicode.Scalar(first) ?? "\u{FFFD}"
        }
        guard first < 0xDC00, peek == UInt8(ascii: "\\"), offset + 1 < bytes.count,
            bytes[offset + 1] == UInt8(ascii: "u")
        else { throw loneSurrogate(start) }
        offset += 2
        let second = try scanHex(4, start)
        guard second & 0xFC00 == 0xDC00 else { throw loneSurrogate(start) }
        return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
    }

    private func loneSurrogate(_ start: Int) -> JSON5SyntaxError {
        failure("this escape is one half of a surrogate pair", at: start)
    }
}
