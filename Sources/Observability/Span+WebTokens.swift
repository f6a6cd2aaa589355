extension Span<UInt8> {
    /// Bytes that what looks like a JSON Web Token has behind its first three, at least.
    private static var webTokenBytesMin: Int { 16 }

    /// Where the first text begins, percent-encoded or not, that looks like a JSON Web Token; the end where none does.
    /// None begins within another text in base64: a cursor may hold the same letters.
    var firstWebToken: Int {
        var previous: UInt8 = 0
        var index = 0
        while index < count {
            let (byte, byteCount) = percentDecoded(at: index)
            if byte == UInt8(ascii: "e"), !Self.isBase64URL(previous), isWebToken(at: index) {
                return index
            }
            previous = byte
            index += byteCount
        }
        return count
    }

    /// `{"` in base64 (RFC 7519 §3.1), and more of it or of the dots between its parts.
    private func isWebToken(at start: Int) -> Bool {
        guard var index = percentDecodedEnd(of: "eyJ", at: start) else { return false }
        for _ in 0..<Self.webTokenBytesMin {
            guard index < count else { return false }
            let (byte, byteCount) = percentDecoded(at: index)
            guard Self.isBase64URL(byte) || byte == UInt8(ascii: ".") else { return false }
            index += byteCount
        }
        return true
    }

    /// RFC 4648 §5.
    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
