/// A string as it stands between its quotes.
struct JSONToken: Sendable {
    var range: Range<Int>
    var isEscaped: Bool
    /// All bytes of the token are below 0x80; what escapes stand for may be above.
    var isASCII: Bool

    /// The bytes that a checked token means.
    static func unescaped(_ token: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(token.count)
        var index = token.startIndex
        while index < token.endIndex {
            if token[index] != UInt8(ascii: "\\") {
                result.append(token[index])
                index += 1
            } else if token[index + 1] == UInt8(ascii: "u") {
                result.append(contentsOf: Array(String(scalar(token, &index)).utf8))
            } else {
                result.append(plainEscape(token[index + 1]))
                index += 2
            }
        }
        return result
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
    private static func scalar(_ token: ArraySlice<UInt8>, _ index: inout Int) -> Unicode.Scalar {
        let high = codeUnit(token, index)
        index += 6
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, index + 6 <= token.endIndex, token[index] == UInt8(ascii: "\\"),
            token[index + 1] == UInt8(ascii: "u"),
            case let low = codeUnit(token, index), (0xDC00...0xDFFF).contains(low)
        else { return "\u{FFFD}" }
        index += 6
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func codeUnit(_ token: ArraySlice<UInt8>, _ index: Int) -> UInt32 {
        token[index + 2..<index + 6].reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
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
