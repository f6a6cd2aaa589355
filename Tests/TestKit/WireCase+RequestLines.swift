private let host = "Host: a\r\n\r\n"

extension WireCase {
    static let requestLines: [WireCase] = [
        accept("A plain GET", "GET / HTTP/1.1\r\n\(host)", "GET / "),
        accept("HEAD", "HEAD /x HTTP/1.1\r\n\(host)", "HEAD /x "),
        accept(
            "An unknown method is the responder's business",
            "BREW / HTTP/1.1\r\n\(host)",
            "BREW / "
        ),
        accept(
            "A method is any token",
            "M-SEARCH!#$%&'*+.^_`|~9 / HTTP/1.1\r\n\(host)",
            "M-SEARCH!#$%&'*+.^_`|~9 / "
        ),
        accept("A lower-case method is another method", "get / HTTP/1.1\r\n\(host)", "get / "),
        accept("One empty line before the request line", "\r\nGET / HTTP/1.1\r\n\(host)", "GET / "),
        accept("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "GET / "),
        accept("HTTP/1.0 with Host", "GET / HTTP/1.0\r\n\(host)", "GET / "),
        accept("A higher minor version is served as 1.1", "GET / HTTP/1.9\r\n\(host)", "GET / "),
        accept("DELETE with an id", "DELETE /a/b HTTP/1.1\r\n\(host)", "DELETE /a/b "),
        refuse(400, "A higher minor version needs Host as 1.1 does", "GET / HTTP/1.2\r\n\r\n"),
        refuse(505, "HTTP/2.0", "GET / HTTP/2.0\r\n\(host)"),
        refuse(505, "HTTP/3.0", "GET / HTTP/3.0\r\n\(host)"),
        refuse(505, "HTTP/0.9 as a version", "GET / HTTP/0.9\r\n\(host)"),
        refuse(505, "The HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        refuse(400, "HTTP/0.9 without a version", "GET /\r\n\r\n"),
        refuse(400, "A version without minor", "GET / HTTP/1\r\n\(host)"),
        refuse(400, "A version with a long minor", "GET / HTTP/1.10\r\n\(host)"),
        refuse(400, "A version with a leading zero", "GET / HTTP/01.1\r\n\(host)"),
        refuse(400, "A lower-case version", "GET / http/1.1\r\n\(host)"),
        refuse(400, "Another protocol", "GET / ICAP/1.0\r\n\(host)"),
        refuse(400, "A version with a comma", "GET / HTTP/1,1\r\n\(host)"),
        refuse(400, "A trailing space", "GET / HTTP/1.1 \r\n\(host)"),
        refuse(400, "A fourth word", "GET / HTTP/1.1 x\r\n\(host)"),
        refuse(400, "Two spaces after the method", "GET  / HTTP/1.1\r\n\(host)"),
        refuse(400, "Two spaces before the version", "GET /  HTTP/1.1\r\n\(host)"),
        refuse(400, "A tab after the method", "GET\t/ HTTP/1.1\r\n\(host)"),
        refuse(400, "A tab before the version", "GET /\tHTTP/1.1\r\n\(host)"),
        refuse(400, "A leading space", " GET / HTTP/1.1\r\n\(host)"),
        refuse(400, "No target", "GET HTTP/1.1\r\n\(host)"),
        refuse(400, "Only a method", "GET\r\n\r\n"),
        refuse(400, "A method with a colon", "GE:T / HTTP/1.1\r\n\(host)"),
        refuse(400, "A method with a parenthesis", "G(T / HTTP/1.1\r\n\(host)"),
        refuse(400, "A method with a high byte", "G\u{E9}T / HTTP/1.1\r\n\(host)"),
        refuse(400, "A NUL in the method", "G\0T / HTTP/1.1\r\n\(host)"),
        refuse(400, "A TLS hello", "\u{16}\u{03}\u{01}\u{02}\0\u{01}\0\u{01}\r\n\r\n"),
        refuse(400, "A bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n"),
        refuse(400, "A bare CR after the request line", "GET / HTTP/1.1\rHost: a\r\n\r\n"),
        refuse(400, "CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"),
        refuse(400, "A bare LF before the request line", "\nGET / HTTP/1.1\r\n\(host)"),
        refuse(400, "Empty lines without end", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\(host)"),
        refuse(400, "A status line", "HTTP/1.1 200 OK\r\n\(host)"),
        refuse(501, "CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
    ]

    static let targets: [WireCase] = [
        accept("A query", "GET /a?b=c&d HTTP/1.1\r\n\(host)", "GET /a?b=c&d "),
        accept(
            "Every byte a path may have",
            "GET /-._~!$&'()*+,;=:@%20 HTTP/1.1\r\n\(host)",
            "GET /-._~!$&'()*+,;=:@%20 "
        ),
        accept(
            "A query with slash and question mark",
            "GET /?/?? HTTP/1.1\r\n\(host)",
            "GET /?/?? "
        ),
        accept("Dots stay as they are", "GET /a/../b HTTP/1.1\r\n\(host)", "GET /a/../b "),
        accept("Two slashes are a path", "GET //a HTTP/1.1\r\n\(host)", "GET //a "),
        accept("Absolute-form", "GET http://a/b?c HTTP/1.1\r\n\(host)", "GET /b?c "),
        accept(
            "Absolute-form with https and port",
            "GET https://a:443/ HTTP/1.1\r\n\(host)",
            "GET / "
        ),
        accept("Absolute-form in capitals", "GET HTTP://A/b HTTP/1.1\r\n\(host)", "GET /b "),
        accept("Absolute-form without path", "GET http://a HTTP/1.1\r\n\(host)", "GET / "),
        accept(
            "Absolute-form without path with query",
            "GET http://ab?c=d HTTP/1.1\r\n\(host)",
            "GET /?c=d "
        ),
        accept(
            "Absolute-form with an IPv6 host",
            "GET http://[::1]:80/x HTTP/1.1\r\n\(host)",
            "GET /x "
        ),
        accept("Absolute-form in HTTP/1.0", "GET http://a/b HTTP/1.0\r\n\r\n", "GET /b "),
        accept(
            "Absolute-form wins over another Host",
            "GET http://b/x HTTP/1.1\r\n\(host)",
            "GET /x "
        ),
        accept("OPTIONS *", "OPTIONS * HTTP/1.1\r\n\(host)", "OPTIONS * "),
        accept(
            "OPTIONS with an absolute target without path",
            "OPTIONS http://a HTTP/1.1\r\n\(host)",
            "OPTIONS * "
        ),
        accept("OPTIONS with a path", "OPTIONS /a HTTP/1.1\r\n\(host)", "OPTIONS /a "),
        refuse(400, "GET *", "GET * HTTP/1.1\r\n\(host)"),
        refuse(400, "An asterisk and more", "OPTIONS *x HTTP/1.1\r\n\(host)"),
        refuse(400, "Authority-form without CONNECT", "GET a:80 HTTP/1.1\r\n\(host)"),
        refuse(400, "A relative path", "GET a/b HTTP/1.1\r\n\(host)"),
        refuse(400, "Another scheme", "GET ftp://a/ HTTP/1.1\r\n\(host)"),
        refuse(400, "An absolute target without host", "GET http:///x HTTP/1.1\r\n\(host)"),
        refuse(
            400,
            "An absolute target with nothing but a scheme",
            "GET http:// HTTP/1.1\r\n\(host)"
        ),
        refuse(400, "An absolute target with userinfo", "GET http://u:p@a/ HTTP/1.1\r\n\(host)"),
        refuse(400, "An absolute target with a bad port", "GET http://a:b/ HTTP/1.1\r\n\(host)"),
        refuse(400, "An absolute target needs Host all the same", "GET http://a/ HTTP/1.1\r\n\r\n"),
        refuse(400, "A fragment", "GET /a#b HTTP/1.1\r\n\(host)"),
        refuse(400, "A backslash", "GET /a\\b HTTP/1.1\r\n\(host)"),
        refuse(400, "A quote", "GET /\"a HTTP/1.1\r\n\(host)"),
        refuse(400, "Angle brackets", "GET /<a> HTTP/1.1\r\n\(host)"),
        refuse(400, "A pipe", "GET /a|b HTTP/1.1\r\n\(host)"),
        refuse(400, "Braces", "GET /{a} HTTP/1.1\r\n\(host)"),
        refuse(400, "Brackets in a path", "GET /a[0] HTTP/1.1\r\n\(host)"),
        refuse(
            400,
            "Brackets in an absolute target's query",
            "GET http://a/?b[0] HTTP/1.1\r\n\(host)"
        ),
        refuse(400, "A caret", "GET /a^b HTTP/1.1\r\n\(host)"),
        refuse(400, "A NUL in the target", "GET /a\0b HTTP/1.1\r\n\(host)"),
        refuse(400, "A DEL in the target", "GET /a\u{7F}b HTTP/1.1\r\n\(host)"),
        refuse(400, "A high byte in the target", "GET /\u{E9} HTTP/1.1\r\n\(host)"),
        refuse(400, "A CR in the target", "GET /a\rb HTTP/1.1\r\n\(host)"),
        refuse(400, "A percent sign alone", "GET /a% HTTP/1.1\r\n\(host)"),
        refuse(400, "A percent sign with one digit", "GET /a%2 HTTP/1.1\r\n\(host)"),
        refuse(400, "A percent sign with other letters", "GET /a%zz HTTP/1.1\r\n\(host)"),
    ]
}
