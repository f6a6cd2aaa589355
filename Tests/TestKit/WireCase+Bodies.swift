private let post = "POST / HTTP/1.1\r\nHost: a\r\n"
private let chunked = "\(post)Transfer-Encoding: chunked\r\n\r\n"

extension WireCase {
    static let lengths: [WireCase] = [
        accept("Content by length", "\(post)Content-Length: 5\r\n\r\nhello", "POST / hello"),
        accept("A length of 0", "\(post)Content-Length: 0\r\n\r\n", "POST / "),
        accept(
            "A length with leading zeros",
            "\(post)Content-Length: 0005\r\n\r\nhello",
            "POST / hello"
        ),
        accept("POST without length has no content", "\(post)\r\n", "POST / "),
        accept(
            "GET with content",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
            "GET / hi"
        ),
        accept(
            "HTTP/1.0 with content",
            "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi",
            "POST / hi"
        ),
        accept(
            "A request inside content is content",
            "\(post)Content-Length: 28\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / GET /x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /y "
        ),
        refuse(400, "Two lengths", "\(post)Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        refuse(
            400,
            "Two equal lengths",
            "\(post)Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"
        ),
        refuse(400, "A list of lengths", "\(post)Content-Length: 5, 5\r\n\r\nhello"),
        refuse(400, "A negative length", "\(post)Content-Length: -5\r\n\r\nhello"),
        refuse(400, "A length with a plus", "\(post)Content-Length: +5\r\n\r\nhello"),
        refuse(400, "A hexadecimal length", "\(post)Content-Length: 0x5\r\n\r\nhello"),
        refuse(400, "A length with a fraction", "\(post)Content-Length: 5.0\r\n\r\nhello"),
        refuse(400, "A length with a space", "\(post)Content-Length: 5 5\r\n\r\nhello"),
        refuse(400, "A quoted length", "\(post)Content-Length: \"5\"\r\n\r\nhello"),
        refuse(400, "An empty length", "\(post)Content-Length:\r\n\r\n"),
        refuse(400, "A length of letters", "\(post)Content-Length: five\r\n\r\nhello"),
        refuse(400, "A length with an underscore", "\(post)Content-Length: 1_0\r\n\r\nhellohello"),
        refuse(413, "A length over the limit", "\(post)Content-Length: 1048577\r\n\r\n"),
        refuse(
            413,
            "A length over 64 bits",
            "\(post)Content-Length: 18446744073709551621\r\n\r\nhello"
        ),
        refuse(
            400,
            "A length over 64 bits with a letter",
            "\(post)Content-Length: 18446744073709551621x\r\n\r\n"
        ),
    ]

    static let codings: [WireCase] = [
        accept("Chunked", "\(chunked)5\r\nhello\r\n0\r\n\r\n", "POST / hello"),
        accept(
            "Chunked in capitals",
            "\(post)Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n",
            "POST / "
        ),
        refuse(
            400,
            "Chunked and a length",
            "\(post)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "A length after chunked",
            "\(post)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "Chunked in HTTP/1.0",
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            501,
            "gzip before chunked",
            "\(post)Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            501,
            "gzip and chunked on two lines",
            "\(post)Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "Chunked before gzip",
            "\(post)Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"
        ),
        refuse(400, "gzip alone", "\(post)Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
        refuse(400, "identity", "\(post)Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        refuse(400, "Chunked twice", "\(post)Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        refuse(
            400,
            "Chunked on two lines",
            "\(post)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "Chunked, then identity",
            "\(post)Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "Chunked with a parameter",
            "\(post)Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"
        ),
        refuse(400, "Chunked in quotes", "\(post)Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
        refuse(400, "Almost chunked", "\(post)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        refuse(
            400,
            "Chunked after a control byte",
            "\(post)Transfer-Encoding: \u{0B}chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(
            400,
            "Chunked after an empty element",
            "\(post)Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n"
        ),
        refuse(400, "An empty coding", "\(post)Transfer-Encoding:\r\n\r\n0\r\n\r\n"),
        refuse(
            400,
            "Chunked on a folded line",
            "\(post)Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"
        ),
    ]

    static let chunks: [WireCase] = [
        accept("Several chunks", "\(chunked)3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "POST / abcde"),
        accept(
            "A size in hexadecimal",
            "\(chunked)A\r\n0123456789\r\n0\r\n\r\n",
            "POST / 0123456789"
        ),
        accept("A size with leading zeros", "\(chunked)0003\r\nabc\r\n000\r\n\r\n", "POST / abc"),
        accept("An extension", "\(chunked)3;a\r\nabc\r\n0;b=c\r\n\r\n", "POST / abc"),
        accept(
            "A quoted extension",
            "\(chunked)3;a=\"b;\\\" c\"\r\nabc\r\n0\r\n\r\n",
            "POST / abc"
        ),
        accept(
            "An extension among blanks",
            "\(chunked)3 ; a = b ;c\r\nabc\r\n0\r\n\r\n",
            "POST / abc"
        ),
        accept(
            "Trailers are read and dropped",
            "\(chunked)1\r\na\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\n",
            "POST / a"
        ),
        accept(
            "A request after chunks",
            "\(chunked)1\r\na\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / a",
            "GET /b "
        ),
        accept("CRLF inside a chunk", "\(chunked)4\r\n\r\n\r\n\r\n0\r\n\r\n", "POST / \r\n\r\n"),
        refuse(400, "No size", "\(chunked)\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A size of letters", "\(chunked)xyz\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A size with 0x", "\(chunked)0x3\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A negative size", "\(chunked)-3\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A size with a plus", "\(chunked)+3\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A space before the size", "\(chunked) 3\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A space after the size", "\(chunked)3 \r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A size with an underscore", "\(chunked)1_0\r\nabc\r\n0\r\n\r\n"),
        refuse(413, "A size over 64 bits", "\(chunked)10000000000000003\r\nabc\r\n0\r\n\r\n"),
        refuse(413, "A size over the limit", "\(chunked)100001\r\n"),
        refuse(400, "A bare LF after the size", "\(chunked)3\nabc\r\n0\r\n\r\n"),
        refuse(400, "A bare CR after the size", "\(chunked)3\rabc\r\n0\r\n\r\n"),
        refuse(400, "A bare LF after the data", "\(chunked)3\r\nabc\n0\r\n\r\n"),
        refuse(400, "Data longer than the size", "\(chunked)3\r\nabcd\r\n0\r\n\r\n"),
        refuse(400, "Data shorter than the size", "\(chunked)4\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A bare LF in an extension", "\(chunked)3;a\nb\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "A bare CR in an extension", "\(chunked)3;a\rb\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "An extension without a name", "\(chunked)3;\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "An extension without a value", "\(chunked)3;a=\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "An open quote in an extension", "\(chunked)3;a=\"b\r\nabc\r\n0\r\n\r\n"),
        refuse(400, "Text after a quoted extension", "\(chunked)3;a=\"b\"c\r\nabc\r\n0\r\n\r\n"),
        refuse(
            400,
            "Extensions without end",
            "\(chunked)3;\(String(repeating: "a", count: 2_000))\r\nabc\r\n0\r\n\r\n"
        ),
        refuse(400, "A folded trailer", "\(chunked)0\r\nX: y\r\n z\r\n\r\n"),
        refuse(400, "A trailer without a colon", "\(chunked)0\r\nX\r\n\r\n"),
        refuse(400, "A bare LF after a trailer", "\(chunked)0\r\nX: y\n\r\n"),
        refuse(400, "A bare LF at the end of the chunks", "\(chunked)0\r\n\n"),
        refuse(
            431,
            "Trailers without end",
            "\(chunked)0\r\nX: \(String(repeating: "y", count: 9_000))\r\n\r\n"
        ),
        refuse(
            431,
            "Too many trailers",
            "\(chunked)0\r\n\(String(repeating: "X: y\r\n", count: 101))\r\n"
        ),
    ]
}
