/// Every byte that a place must not hold, one case each.
extension WireCase {
    /// RFC 9110 §5.6.2: a method and a field name are tokens; delimiters end them or are refused.
    static let delimiters: [WireCase] =
        refuse("\"),/;<=>?@[\\]{}".unicodeScalars, "in a method") {
            "G\($0)T / HTTP/1.1\r\nHost: a\r\n\r\n"
        }
        + refuse("\"),/;<=>?@[\\]{}".unicodeScalars, "in a field name") {
            "GET / HTTP/1.1\r\nHost: a\r\nX\($0)Y: b\r\n\r\n"
        }

    /// RFC 3986 §3.3, §3.4: what is neither `pchar` nor `/` nor `?` is not part of a path or query.
    static let targetBytes: [WireCase] =
        refuse("\"<>\\^`{|}[]#".unicodeScalars, "in a query") {
            "GET /a?b=\($0) HTTP/1.1\r\nHost: a\r\n\r\n"
        }
        + refuse(controls(but: "\r\n\0") + high + ["`", "[", "]"], "in a path") {
            "GET /a\($0)b HTTP/1.1\r\nHost: a\r\n\r\n"
        }

    /// RFC 9110 §7.2: an authority holds neither these nor a blank.
    static let hostBytes: [WireCase] = refuse(
        "\"<>\\^`{|}?#[]\t\u{01}\u{7F}\u{80}\u{FF}".unicodeScalars,
        "in Host"
    ) { "GET / HTTP/1.1\r\nHost: a\($0)b\r\n\r\n" }

    /// RFC 9110 §5.5: a value holds visible bytes, blanks and tabs; every other control is refused.
    static let valueBytes: [WireCase] = refuse(controls(but: "\t\r\n\0\u{0B}"), "in a value") {
        "GET / HTTP/1.1\r\nHost: a\r\nX: b\($0)c\r\n\r\n"
    }

    /// RFC 9112 §5.1: nothing but a token stands before the colon.
    static let nameBytes: [WireCase] = refuse(controls(but: "\r\n\0"), "in a field name") {
        "GET / HTTP/1.1\r\nHost: a\r\nX\($0)Y: b\r\n\r\n"
    }

    /// RFC 9112 §7.1: hexadecimal digits, then an extension or the end of the line.
    static let chunkSizeBytes: [WireCase] = refuse(
        "gG:,=\"(%\0\u{0B}\u{0C}\u{7F}\u{80}\u{B2}".unicodeScalars,
        "after a chunk size"
    ) {
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\($0)\r\nabc\r\n0\r\n\r\n"
    }

    private static let high: [Unicode.Scalar] = ["\u{80}", "\u{A0}", "\u{FF}"]

    private static func controls(but others: String) -> [Unicode.Scalar] {
        (0..<32).map { Unicode.Scalar(UInt8($0)) }.filter { !others.unicodeScalars.contains($0) }
    }

    private static func refuse(
        _ bytes: some Sequence<Unicode.Scalar>,
        _ place: String,
        _ text: (Unicode.Scalar) -> String
    ) -> [WireCase] {
        bytes.map { byte in
            let digits = String(byte.value, radix: 16, uppercase: true)
            let name = (0x21...0x7E).contains(byte.value) ? "\(byte)" : "Byte 0x\(digits)"
            return refuse(400, "\(name) \(place)", text(byte))
        }
    }
}
