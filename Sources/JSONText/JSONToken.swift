/// A string as it stands between its quotes.
struct JSONToken: Sendable {
    var range: Range<Int>
    var isEscaped: Bool
    /// All bytes of the token are below 0x80; what escapes stand for may be above.
    var isASCII: Bool

    /// Writes the bytes that a checked token means, and returns how many: never more than the token has,
    /// for `\u20AC` and the like are longer than the characters they stand for.
    static func unescape(
        _ token: UnsafeBufferPointer<UInt8>,
        into result: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var (index, count) = (0, 0)
        while index < token.count {
            if token[index] != UInt8(ascii: "\\") {
                result[count] = token[index]
                (index, count) = (index + 1, count + 1)
            } else if token[index + 1] == UInt8(ascii: "u") {
                for byte in UTF8.encode(scalar(token, &index)) ?? UTF8.encodedReplacementCharacter {
                    result[count] = byte
                    count += 1
                }
            } else {
                result[count] = plainEscape(token[index + 1])
                (index, count) = (index + 2, count + 1)
            }
        }
        return count
    }

    private static func plainEscape(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// One `\uXXXX`, or a surrogate pair of two; moves `index` behind it.
    private static func scalar(
        _ token: UnsafeBufferPointer<UInt8>,
        _ index: inout Int
    ) -> Unicode.Scalar {
        let high = codeUnit(token, index)
        index += 6
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, index + 6 <= token.count, token[index] == UInt8(ascii: "\\"),
            token[index + 1] == UInt8(ascii: "u"),
            case let low = codeUnit(token, index), (0xDC00...0xDFFF).contains(low)
        else { return "\u{FFFD}" }
        index += 6
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func codeUnit(_ token: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in index + 2..<index + 6 {
            value = value << 4 | UInt32(hexDigit(token[offset]) ?? 0)
        }
        return value
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
