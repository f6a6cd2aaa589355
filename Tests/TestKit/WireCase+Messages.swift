private let get = "GET / HTTP/1.1\r\nHost: a\r\n"
private let post = "POST / HTTP/1.1\r\nHost: a\r\n"
private let chunked = "\(post)Transfer-Encoding: chunked\r\n\r\n"
private let hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"
private let next = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n"

/// Whole messages: methods with content, what follows a refusal, connections, chunks that are right.
extension WireCase {
    /// RFC 9110 §9.3: any method may carry content; it is never a request of its own.
    static let methodsWithContent: [WireCase] = [
        "GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "PUT", "PATCH", "BREW",
    ].flatMap { method in
        [
            accept(
                "\(method) with content by length",
                "\(method) /a HTTP/1.1\r\nHost: a\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)\(next)",
                "\(method) /a \(hidden)",
                "GET /b "
            ),
            accept(
                "\(method) with content in chunks",
                "\(method) /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n\(next)",
                "\(method) /a abc",
                "GET /b "
            ),
        ]
    }

    /// RFC 9112 §9.6, §11.2: after a refusal nothing on the connection is a request.
    static let afterRefusals: [WireCase] = [
        refuse(400, "A request after no Host", "GET / HTTP/1.1\r\n\r\n\(hidden)"),
        refuse(400, "A request after two Hosts", "\(get)Host: b\r\n\r\n\(hidden)"),
        refuse(400, "A request after a folded field", "\(get)X: y\r\n z\r\n\r\n\(hidden)"),
        refuse(505, "A request after HTTP/2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n\(hidden)"),
        refuse(
            501,
            "A request after CONNECT",
            "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n\(hidden)"
        ),
        refuse(
            501,
            "A request as content of CONNECT",
            "CONNECT a:1 HTTP/1.1\r\nHost: a\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)"
        ),
        refuse(417, "A request after an expectation", "\(get)Expect: cake\r\n\r\n\(hidden)"),
        refuse(
            417,
            "A request as content behind an expectation",
            "\(post)Expect: cake\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n\(hidden)"
        ),
        refuse(
            413,
            "A request in content too large",
            "\(post)Content-Length: 9999999\r\n\r\n\(hidden)"
        ),
        refuse(
            501,
            "A request after a coding",
            "\(post)Transfer-Encoding: br, chunked\r\n\r\n\(hidden)"
        ),
        refuse(400, "A request after a bad chunk", "\(chunked)zz\r\n\(hidden)"),
        refuse(400, "A request after HTTP/0.9", "GET /\r\n\(hidden)"),
        refuse(400, "A request after a status line", "HTTP/1.1 200 OK\r\n\r\n\(hidden)"),
        refuse(
            400,
            "A refused second request",
            "\(get)\r\nGET /b HTTP/1.1\r\n\r\n\(hidden)",
            after: ["GET / "]
        ),
        refuse(
            400,
            "A refused third request",
            "\(get)\r\n\(next)\(get)Content-Length: x\r\n\r\n\(hidden)",
            after: ["GET / ", "GET /b "]
        ),
    ]

    static let persistence: [WireCase] = [
        accept(
            "Ten requests in a row",
            (0..<10).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined(),
            .accepted((0..<10).map { "GET /\($0) " })
        ),
        accept(
            "Contents of both kinds in a row",
            "\(post)Content-Length: 3\r\n\r\nabc\(chunked)2\r\nde\r\n0\r\n\r\n\(next)",
            "POST / abc",
            "POST / de",
            "GET /b "
        ),
        accept(
            "Close in HTTP/1.0 is nothing new",
            "GET / HTTP/1.0\r\nConnection: close\r\n\r\n\(hidden)",
            "GET / "
        ),
        accept(
            "Close wins in HTTP/1.0",
            "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n\(hidden)",
            "GET / "
        ),
        accept(
            "HTTP/1.0 with content stays when asked to",
            "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi\(next)",
            "POST / hi",
            "GET /b "
        ),
        accept(
            "Keep-alive in HTTP/1.1 is nothing new",
            "\(get)Connection: keep-alive\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
        accept("An unknown option", "\(get)Connection: x-cow\r\n\r\n\(next)", "GET / ", "GET /b "),
        accept(
            "Close in the middle of a word",
            "\(get)Connection: closed\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
        accept(
            "Close behind empty members",
            "\(get)Connection: ,, ,close\r\n\r\n\(hidden)",
            "GET / "
        ),
        accept("Close behind a tab", "\(get)Connection:\tclose\t\r\n\r\n\(hidden)", "GET / "),
        accept("An empty Connection", "\(get)Connection:\r\n\r\n\(next)", "GET / ", "GET /b "),
        accept(
            "Close with content",
            "\(post)Connection: close\r\nContent-Length: 2\r\n\r\nhi\(hidden)",
            "POST / hi"
        ),
        accept(
            "Close with chunks",
            "\(post)Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(hidden)",
            "POST / "
        ),
        accept(
            "Connection names Host",
            "\(get)Connection: host\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
        accept(
            "Connection names Content-Length",
            "\(post)Connection: content-length\r\nContent-Length: 2\r\n\r\nhi\(next)",
            "POST / hi",
            "GET /b "
        ),
        accept(
            "Proxy-Connection means nothing",
            "\(get)Proxy-Connection: close\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
        accept(
            "Keep-Alive parameters mean nothing",
            "\(get)Keep-Alive: timeout=0, max=0\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
        accept(
            "Two empty lines between requests",
            "\(get)\r\n\r\n\r\n\(next)",
            "GET / ",
            "GET /b "
        ),
    ]

    /// RFC 9110 §7.8: a server may ignore an upgrade.
    static let upgrades: [WireCase] = [
        (
            "websocket",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        ),
        (
            "h2c with settings",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"
        ),
        ("TLS", "Connection: Upgrade\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n"),
        ("another minor version", "Connection: Upgrade\r\nUpgrade: HTTP/1.0\r\n"),
        ("nothing", "Connection: Upgrade\r\nUpgrade:\r\n"),
    ].map { title, lines in
        accept(
            "An upgrade to \(title) is not made",
            "\(get)\(lines)\r\n\(next)",
            "GET / ",
            "GET /b "
        )
    }

    static let absoluteForms: [WireCase] = [
        accept(
            "Absolute-form with dots in its path",
            "GET http://a/../b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /../b "
        ),
        accept(
            "Absolute-form with an empty query",
            "GET http://a/? HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /? "
        ),
        accept(
            "Absolute-form with a URI in its path",
            "GET http://a/http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /http://b/ "
        ),
        accept(
            "Absolute-form with an empty port",
            "GET http://a:/x HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /x "
        ),
        accept(
            "Absolute-form with content",
            "POST http://a/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
            "POST / hi"
        ),
        accept(
            "Absolute-form twice in a row",
            "GET http://a/1 HTTP/1.1\r\nHost: a\r\n\r\nGET http://a?2 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /1 ",
            "GET /?2 "
        ),
        refuse(
            400,
            "Absolute-form with two Hosts",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
        ),
        refuse(400, "Absolute-form with a bad Host", "GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n"),
        refuse(400, "Absolute-form with a fragment", "GET http://a/#b HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "Absolute-form with one slash", "GET http:/a HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "Absolute-form without slashes", "GET http:a HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(
            400,
            "Absolute-form with a backslash",
            "GET http:\\\\a/ HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(
            400,
            "Absolute-form with a port too large",
            "GET http://a:65536/ HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(
            400,
            "Absolute-form with an open bracket",
            "GET http://[::1/ HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(
            400,
            "Absolute-form with a broken escape",
            "GET http://a/%4 HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(400, "Absolute-form of a socket", "GET ws://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A file", "GET file:///etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A scheme alone", "GET http: HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(
            400,
            "Two targets",
            "GET // /a HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(400, "An asterisk with GET over HTTP/1.0", "GET * HTTP/1.0\r\n\r\n"),
        refuse(400, "An asterisk with HEAD", "HEAD * HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "An asterisk and a query", "OPTIONS *?a HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(501, "CONNECT with a path", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(
            501,
            "CONNECT with an absolute target",
            "CONNECT http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
    ]

    static let rightChunks: [WireCase] = [
        accept(
            "A size in lower case",
            "\(chunked)a\r\n0123456789\r\n0\r\n\r\n",
            "POST / 0123456789"
        ),
        accept(
            "A size in mixed case",
            "\(chunked)0aB\r\n\(String(repeating: "x", count: 171))\r\n0\r\n\r\n",
            "POST / \(String(repeating: "x", count: 171))"
        ),
        accept(
            "Many zeros",
            "\(chunked)\(String(repeating: "0", count: 900))1\r\nx\r\n0\r\n\r\n",
            "POST / x"
        ),
        accept(
            "A last chunk of zeros",
            "\(chunked)1\r\nx\r\n00000000\r\n\r\n\(next)",
            "POST / x",
            "GET /b "
        ),
        accept(
            "Chunks of one byte",
            "\(chunked)1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n",
            "POST / abc"
        ),
        accept(
            "Chunk framing as data",
            "\(chunked)7\r\n0\r\n\r\n0\r\r\n0\r\n\r\n\(next)",
            "POST / 0\r\n\r\n0\r",
            "GET /b "
        ),
        accept(
            "An extension of blanks before a semicolon",
            "\(chunked)1 \t;a\r\nx\r\n0\r\n\r\n",
            "POST / x"
        ),
        accept("Several extensions", "\(chunked)1;a;b=c;d=\"e\"\r\nx\r\n0;f\r\n\r\n", "POST / x"),
        accept(
            "A quoted pair in an extension",
            "\(chunked)1;a=\"\\\"\\\\\"\r\nx\r\n0\r\n\r\n",
            "POST / x"
        ),
        accept(
            "A high byte in a quoted extension",
            "\(chunked)1;a=\"\u{E9}\"\r\nx\r\n0\r\n\r\n",
            "POST / x"
        ),
        accept(
            "Trailers that name framing",
            "\(chunked)0\r\nTransfer-Encoding: chunked\r\nHost: b\r\n\r\n\(next)",
            "POST / ",
            "GET /b "
        ),
        accept("An empty trailer", "\(chunked)0\r\nX:\r\n\r\n", "POST / "),
        accept(
            "Trailer names announced",
            "\(post)Trailer: X\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n",
            "POST / "
        ),
        accept(
            "Chunked behind blanks",
            "\(post)Transfer-Encoding: \t chunked \t\r\n\r\n0\r\n\r\n",
            "POST / "
        ),
    ]

    private static func accept(_ title: String, _ text: String, _ verdict: Verdict) -> WireCase {
        WireCase(title, text, verdict)
    }
}
