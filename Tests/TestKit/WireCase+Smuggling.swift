private let post = "POST / HTTP/1.1\r\nHost: a\r\n"
private let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

/// Messages that two readers might split differently, each with a request hidden where the lenient one would
/// find it. RFC 9112 §6.3, §11.2.
extension WireCase {
    /// Spellings of Transfer-Encoding beside a Content-Length: whoever understands only one of them sees
    /// another message than whoever understands the other.
    static let codingsWithLength: [WireCase] = spellings.map { title, line in
        refuse(
            400,
            "A length and \(title)",
            "\(post)Content-Length: 5\r\n\(line)\r\n\r\n0\r\n\r\n\(hidden)"
        )
    }

    /// The same before the length.
    static let codingsBeforeLength: [WireCase] = spellings.map { title, line in
        refuse(
            400,
            "Before a length \(title)",
            "\(post)\(line)\r\nContent-Length: 5\r\n\r\n0\r\n\r\n\(hidden)"
        )
    }

    private static let spellings: [(String, String)] = [
        ("chunked in capitals", "TRANSFER-ENCODING: CHUNKED"),
        ("chunked after a tab", "Transfer-Encoding:\tchunked"),
        ("chunked after a vertical tab", "Transfer-Encoding: \u{0B}chunked"),
        ("chunked after a NUL", "Transfer-Encoding: \0chunked"),
        ("chunked before a tab", "Transfer-Encoding: chunked\t"),
        ("chunked without a blank", "Transfer-Encoding:chunked"),
        ("chunked behind a space before the colon", "Transfer-Encoding : chunked"),
        ("chunked behind a tab before the colon", "Transfer-Encoding\t: chunked"),
        ("chunked on a line that begins with a space", " Transfer-Encoding: chunked"),
        ("chunked on a folded line", "Transfer-Encoding:\r\n chunked"),
        ("chunked behind a bare CR", "X: y\rTransfer-Encoding: chunked"),
        ("chunked behind a bare LF", "X: y\nTransfer-Encoding: chunked"),
        ("chunked in quotes", "Transfer-Encoding: \"chunked\""),
        ("chunked in single quotes", "Transfer-Encoding: 'chunked'"),
        ("chunked with a comma", "Transfer-Encoding: chunked,"),
        ("chunked with a semicolon", "Transfer-Encoding: chunked;"),
        ("chunked with a parameter", "Transfer-Encoding: chunked;a=b"),
        ("an unknown coding", "Transfer-Encoding: cow"),
        ("identity", "Transfer-Encoding: identity"),
        ("identity, then chunked", "Transfer-Encoding: identity, chunked"),
        ("chunked, then identity", "Transfer-Encoding: chunked, identity"),
        ("chunked and another line", "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow"),
        ("an empty coding", "Transfer-Encoding:"),
        ("deflate", "Transfer-Encoding: deflate"),
        ("a coding with a high byte", "Transfer-Encoding: \u{FF}chunked"),
    ]

    /// A name that is almost the real one is a field like any other: the length decides.
    static let almostCodings: [WireCase] = [
        "Transfer_Encoding", "Transfer-Encodin", "Transfer-Encodings", "X-Transfer-Encoding",
        "TransferEncoding", "Content-Transfer-Encoding",
    ].map { name in
        accept(
            "\(name) is another field",
            "\(post)\(name): chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / 0\r\n\r\n",
            "GET /b "
        )
    }

    /// Values of Content-Length that some reader takes for a number.
    static let oddLengths: [WireCase] = [
        "5;", "5,", ",5", "5,6", "5 6", "5\u{0B}", "5\u{0C}", "\u{0C}5", "5\u{A0}", "1e1", "0b101",
        "0o5",
        "-0", "+0", "--5", "5-", "٥".utf8.map { String(Unicode.Scalar($0)) }.joined(), "\u{B2}",
        "５".utf8.map { String(Unicode.Scalar($0)) }.joined(), "infinity", "NaN", "5\0", "0x0", "5'",
        "5_0", ".5", "5%20", "(5)", "5/1",
    ].map { value in
        refuse(
            400,
            "Length \(value.debugDescription)",
            "\(post)Content-Length: \(value)\r\n\r\nhello\(hidden)"
        )
    }

    static let lengthPairs: [WireCase] = [
        ("0 and 37", "Content-Length: 0\r\nContent-Length: 37"),
        ("37 and 0", "Content-Length: 37\r\nContent-Length: 0"),
        ("equal ones in other cases", "Content-Length: 5\r\ncontent-length: 5"),
        ("equal ones apart", "Content-Length: 5\r\nX: y\r\nContent-Length: 5"),
        ("5 and an empty one", "Content-Length: 5\r\nContent-Length:"),
        ("one behind a space before the colon", "Content-Length: 0\r\nContent-Length : 37"),
        ("one on a folded line", "Content-Length:\r\n 37"),
        ("one behind a bare LF", "X: y\nContent-Length: 37"),
        ("one behind a bare CR", "X: y\rContent-Length: 37"),
        ("one with a NUL in its name", "Content\0-Length: 37"),
        ("three equal ones in a list", "Content-Length: 5,5,5"),
        ("equal ones with zeros", "Content-Length: 5\r\nContent-Length: 05"),
    ].map { title, lines in
        refuse(400, "Lengths: \(title)", "\(post)\(lines)\r\n\r\nhello\(hidden)")
    }

    /// Chunk framing that a lenient reader ends elsewhere.
    static let oddChunks: [WireCase] = [
        ("a last chunk behind a bare LF", "0\n\r\n\(hidden)"),
        ("a last chunk behind a bare CR", "0\r\r\n\(hidden)"),
        ("an end of bare LFs", "0\r\n\n\(hidden)"),
        ("an end of CR CR LF", "0\r\n\r\r\n\(hidden)"),
        ("a request as a trailer", "0\r\n\(hidden)"),
        ("a LF in an extension", "2;\nxx\r\n4c\r\n0\r\n\r\n\(hidden)"),
        ("a CR in an extension", "2;\rxx\r\n4c\r\n0\r\n\r\n\(hidden)"),
        ("a LF in a quoted extension", "2;a=\"\n\"\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("a NUL in an extension", "2;a\0\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("data that runs over its size", "2\r\nabXX0\r\n\r\n\(hidden)"),
        ("data without an end", "2\r\nab0\r\n\r\n\(hidden)"),
        ("a LF after data", "2\r\nab\n0\r\n\r\n\(hidden)"),
        ("a CR after data", "2\r\nab\r0\r\n\r\n\(hidden)"),
        ("LF CR after data", "2\r\nab\n\r0\r\n\r\n\(hidden)"),
        ("an empty line after data", "2\r\nab\r\n\r\n0\r\n\r\n\(hidden)"),
        ("a size in quotes", "\"2\"\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("a size with a comma", "2,0\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("a size behind zeros and x", "0x2\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("a negative last size", "-0\r\n\r\n\(hidden)"),
        ("a trailer with a space before its colon", "0\r\nX : y\r\n\r\n\(hidden)"),
        ("a trailer with a NUL", "0\r\nX: a\0\r\n\r\n\(hidden)"),
        ("a trailer behind a blank", "0\r\n X: a\r\n\r\n\(hidden)"),
        ("a trailer with a bare CR", "0\r\nX: a\rb\r\n\r\n\(hidden)"),
        ("a comma as extension", "2,a\r\nab\r\n0\r\n\r\n\(hidden)"),
        ("two equals signs in an extension", "2;a==b\r\nab\r\n0\r\n\r\n\(hidden)"),
    ].map { title, body in
        refuse(400, "Chunks with \(title)", "\(post)Transfer-Encoding: chunked\r\n\r\n\(body)")
    }
}
