private let start = "GET / HTTP/1.1\r\n"

extension WireCase {
    static let hosts: [WireCase] = [
        accept("Host with a port", "\(start)Host: a.example:8080\r\n\r\n", "GET / "),
        accept("Host with an empty port", "\(start)Host: a:\r\n\r\n", "GET / "),
        accept("Host as an IPv4 address", "\(start)Host: 127.0.0.1:1\r\n\r\n", "GET / "),
        accept("Host as an IPv6 address", "\(start)Host: [2001:db8::1]:65535\r\n\r\n", "GET / "),
        accept("Host in any case", "\(start)hOsT: a\r\n\r\n", "GET / "),
        accept("Host with an encoded byte", "\(start)Host: a%20b\r\n\r\n", "GET / "),
        accept("Host with an underscore", "\(start)Host: a_b\r\n\r\n", "GET / "),
        refuse(400, "No Host", "\(start)\r\n"),
        refuse(400, "Two Hosts", "\(start)Host: a\r\nHost: b\r\n\r\n"),
        refuse(400, "Two equal Hosts", "\(start)Host: a\r\nHost: a\r\n\r\n"),
        refuse(400, "Two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
        refuse(400, "An empty Host", "\(start)Host:\r\n\r\n"),
        refuse(400, "Host with a path", "\(start)Host: a/b\r\n\r\n"),
        refuse(400, "Host with a space", "\(start)Host: a b\r\n\r\n"),
        refuse(400, "Host as a list", "\(start)Host: a, b\r\n\r\n"),
        refuse(400, "Host with userinfo", "\(start)Host: u@a\r\n\r\n"),
        refuse(400, "Host with a port of letters", "\(start)Host: a:b\r\n\r\n"),
        refuse(400, "Host with two ports", "\(start)Host: a:1:2\r\n\r\n"),
        refuse(400, "Host with a port out of range", "\(start)Host: a:65536\r\n\r\n"),
        refuse(400, "Host with only a port", "\(start)Host: :80\r\n\r\n"),
        refuse(400, "Host with an open bracket", "\(start)Host: [::1\r\n\r\n"),
        refuse(400, "Host with text after the bracket", "\(start)Host: [::1]a\r\n\r\n"),
        refuse(400, "Host with half an encoded byte", "\(start)Host: a%2\r\n\r\n"),
        refuse(400, "Host with a high byte", "\(start)Host: \u{E9}\r\n\r\n"),
        refuse(400, "Host as a URI", "\(start)Host: http://a\r\n\r\n"),
    ]

    static let fields: [WireCase] = [
        accept("No space after the colon", "\(start)Host:a\r\n\r\n", "GET / "),
        accept("Blanks around a value", "\(start)Host: \t a \t \r\n\r\n", "GET / "),
        accept("An empty value", "\(start)Host: a\r\nX:\r\n\r\n", "GET / "),
        accept("A value of blanks", "\(start)Host: a\r\nX:  \t \r\n\r\n", "GET / "),
        accept("A tab in a value", "\(start)Host: a\r\nX: a\tb\r\n\r\n", "GET / "),
        accept("High bytes in a value", "\(start)Host: a\r\nX: \u{E9}\u{FF}\r\n\r\n", "GET / "),
        accept("A colon in a value", "\(start)Host: a\r\nX: a:b::c\r\n\r\n", "GET / "),
        accept(
            "Every byte a name may have",
            "\(start)Host: a\r\n!#$%&'*+-.^_`|~9Az: b\r\n\r\n",
            "GET / "
        ),
        accept("The same field twice", "\(start)Host: a\r\nX: 1\r\nX: 2\r\n\r\n", "GET / "),
        accept(
            "An upgrade nobody speaks",
            "\(start)Host: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
            "GET / "
        ),
        refuse(400, "A space before the colon", "\(start)Host : a\r\n\r\n"),
        refuse(400, "A tab before the colon", "\(start)Host\t: a\r\n\r\n"),
        refuse(
            400,
            "A space before a later colon",
            "\(start)Host: a\r\nContent-Length : 5\r\n\r\nabcde"
        ),
        refuse(400, "A space inside a name", "\(start)Host: a\r\nX Y: b\r\n\r\n"),
        refuse(400, "No name", "\(start)Host: a\r\n: b\r\n\r\n"),
        refuse(400, "No colon", "\(start)Host: a\r\nX\r\n\r\n"),
        refuse(400, "A folded value", "\(start)Host: a\r\nX: b\r\n c\r\n\r\n"),
        refuse(400, "A value folded by a tab", "\(start)Host: a\r\nX: b\r\n\tc\r\n\r\n"),
        refuse(400, "A space before the first field", "\(start) Host: a\r\n\r\n"),
        refuse(400, "A line of blanks", "\(start)Host: a\r\n \r\n\r\n"),
        refuse(400, "A bare LF after a field", "\(start)Host: a\nX: b\r\n\r\n"),
        refuse(400, "A bare LF at the end of the head", "\(start)Host: a\r\n\n"),
        refuse(400, "Bare LFs throughout", "GET / HTTP/1.1\nHost: a\n\n"),
        refuse(400, "A bare CR in a value", "\(start)Host: a\r\nX: b\rc\r\n\r\n"),
        refuse(400, "CR CR LF after a field", "\(start)Host: a\r\nX: b\r\r\n\r\n"),
        refuse(400, "A NUL in a value", "\(start)Host: a\r\nX: b\0c\r\n\r\n"),
        refuse(400, "A DEL in a value", "\(start)Host: a\r\nX: b\u{7F}\r\n\r\n"),
        refuse(400, "A control byte in a value", "\(start)Host: a\r\nX: b\u{0B}c\r\n\r\n"),
        refuse(400, "A NUL in a name", "\(start)Host: a\r\nX\0: b\r\n\r\n"),
        refuse(400, "A high byte in a name", "\(start)Host: a\r\nX\u{E9}: b\r\n\r\n"),
        refuse(400, "A parenthesis in a name", "\(start)Host: a\r\nX(: b\r\n\r\n"),
        refuse(417, "An unknown expectation", "\(start)Host: a\r\nExpect: 200-maybe\r\n\r\n"),
        accept(
            "An expectation in HTTP/1.0 is ignored",
            "GET / HTTP/1.0\r\nExpect: x\r\n\r\n",
            "GET / "
        ),
        accept(
            "100-continue without content",
            "\(start)Host: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / "
        ),
    ]

    static let connections: [WireCase] = [
        accept(
            "Two requests",
            "\(start)Host: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / ",
            "GET /b "
        ),
        accept(
            "An empty line between requests",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / x",
            "GET /b "
        ),
        accept(
            "Nothing after connection: close is a request",
            "\(start)Host: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / "
        ),
        accept(
            "Close among other options, in capitals",
            "\(start)Host: a\r\nConnection: x , CLOSE,\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / "
        ),
        accept(
            "Close wins over keep-alive",
            "\(start)Host: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / "
        ),
        accept(
            "HTTP/1.0 ends after one",
            "GET / HTTP/1.0\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
            "GET / "
        ),
        accept(
            "HTTP/1.0 stays when asked to",
            "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
            "GET / ",
            "GET /b "
        ),
        refuse(
            400,
            "Garbage after a request",
            "\(start)Host: a\r\n\r\n\u{01}\u{02}\r\n\r\n",
            after: ["GET / "]
        ),
        refuse(
            400,
            "Content behind a GET without length is the next request",
            "\(start)Host: a\r\n\r\nhello\r\n\r\n",
            after: ["GET / "]
        ),
    ]

    static let limits: [WireCase] = [
        accept(
            "A target of 8000 bytes",
            "GET /\(String(repeating: "a", count: 7_999)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\(String(repeating: "a", count: 7_999)) "
        ),
        accept(
            "A target at the limit",
            "GET /\(String(repeating: "a", count: 8_191)) HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\(String(repeating: "a", count: 8_191)) "
        ),
        refuse(
            414,
            "A target over the limit",
            "GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(414, "A target without end", "GET /\(String(repeating: "a", count: 20_000))"),
        refuse(501, "A method without end", String(repeating: "A", count: 20_000)),
        refuse(
            501,
            "A method over the limit",
            "\(String(repeating: "A", count: 33)) / HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        accept(
            "100 fields",
            "\(start)Host: a\r\n\(String(repeating: "X: y\r\n", count: 99))\r\n",
            "GET / "
        ),
        refuse(
            431,
            "101 fields",
            "\(start)Host: a\r\n\(String(repeating: "X: y\r\n", count: 100))\r\n"
        ),
        accept(
            "A head at the limit",
            "\(start)Host: a\r\nX: \(String(repeating: "y", count: 16_384 - 32))\r\n\r\n",
            "GET / "
        ),
        refuse(
            431,
            "A head over the limit",
            "\(start)Host: a\r\nX: \(String(repeating: "y", count: 16_384 - 31))\r\n\r\n"
        ),
        refuse(
            431,
            "A field without end",
            "\(start)Host: a\r\nX: \(String(repeating: "y", count: 20_000))"
        ),
    ]
}
