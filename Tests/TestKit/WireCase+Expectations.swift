private let post = "POST / HTTP/1.1\r\nHost: a\r\n"
private let get = "GET / HTTP/1.1\r\nHost: a\r\n"

/// Expect, Host and line syntax that the other tables leave out.
extension WireCase {
    /// RFC 9110 §10.1.1. The content comes at once, so the interim answer is the server's choice.
    static let expectations: [WireCase] = [
        accept(
            "100-continue with content",
            "\(post)Expect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
            "POST / hi"
        ),
        accept(
            "100-continue with chunks",
            "\(post)Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / "
        ),
        accept(
            "100-Continue in other cases",
            "\(post)Expect: 100-CoNtInUe\r\nContent-Length: 2\r\n\r\nhi",
            "POST / hi"
        ),
        accept(
            "100-continue in HTTP/1.0 is ignored",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
            "POST / hi"
        ),
        accept(
            "100-continue without any content",
            "\(post)Expect: 100-continue\r\n\r\n",
            "POST / "
        ),
        refuse(417, "Two expectations", "\(get)Expect: 100-continue, cake\r\n\r\n"),
        refuse(
            417,
            "Two expectations on two lines",
            "\(get)Expect: 100-continue\r\nExpect: cake\r\n\r\n"
        ),
        refuse(
            417,
            "An expectation and 100-continue",
            "\(get)Expect: cake\r\nExpect: 100-continue\r\n\r\n"
        ),
        refuse(417, "An expectation with a value", "\(get)Expect: 100-continue=1\r\n\r\n"),
        refuse(417, "An empty expectation", "\(get)Expect:\r\n\r\n"),
        refuse(
            400,
            "100-continue with a length of letters",
            "\(post)Expect: 100-continue\r\nContent-Length: x\r\n\r\n"
        ),
        refuse(
            413,
            "100-continue with too much",
            "\(post)Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n"
        ),
    ]

    static let moreHosts: [WireCase] = [
        accept(
            "Host with every sub-delimiter",
            "GET / HTTP/1.1\r\nHost: a!$&'()*+,;=b\r\n\r\n",
            "GET / "
        ),
        accept("Host ends in a dot", "GET / HTTP/1.1\r\nHost: a.example.\r\n\r\n", "GET / "),
        accept("Host with port 0", "GET / HTTP/1.1\r\nHost: a:0\r\n\r\n", "GET / "),
        accept(
            "Host with an IPv4 in IPv6",
            "GET / HTTP/1.1\r\nHost: [::ffff:127.0.0.1]\r\n\r\n",
            "GET / "
        ),
        accept("Host last", "GET / HTTP/1.1\r\nX: y\r\nHost: a\r\n\r\n", "GET / "),
        accept(
            "Host beside a forwarded one",
            "\(get)X-Forwarded-Host: b\r\nForwarded: host=c\r\n\r\n",
            "GET / "
        ),
        refuse(400, "Host in brackets without colons", "GET / HTTP/1.1\r\nHost: [a]\r\n\r\n"),
        refuse(400, "Host in empty brackets", "GET / HTTP/1.1\r\nHost: []\r\n\r\n"),
        refuse(400, "Host with a zone", "GET / HTTP/1.1\r\nHost: [fe80::1%eth0]\r\n\r\n"),
        refuse(400, "Host with a port of signs", "GET / HTTP/1.1\r\nHost: a:+80\r\n\r\n"),
        refuse(400, "Host with a blank before its port", "GET / HTTP/1.1\r\nHost: a :80\r\n\r\n"),
        refuse(400, "Host folded", "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n"),
        refuse(400, "Host of blanks", "GET / HTTP/1.1\r\nHost:  \t\r\n\r\n"),
        refuse(400, "Host with a broken escape", "GET / HTTP/1.1\r\nHost: a%zz\r\n\r\n"),
        refuse(
            400,
            "Three Hosts",
            "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nhost: a\r\nHOST: a\r\n\r\n"
        ),
    ]

    static let lines: [WireCase] = [
        accept("Four empty lines before a request", "\r\n\r\n\r\n\r\n\(get)\r\n", "GET / "),
        accept("A name of one byte", "\(get)a: b\r\n\r\n", "GET / "),
        accept("A value that ends in a comma", "\(get)X: a,\r\n\r\n", "GET / "),
        accept("A value of punctuation", "\(get)X: \"(;,\\<>@[]{}\r\n\r\n", "GET / "),
        accept("A method of one byte", "X / HTTP/1.1\r\nHost: a\r\n\r\n", "X / "),
        accept(
            "A method at the limit",
            "\(String(repeating: "A", count: 32)) / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\(String(repeating: "A", count: 32)) / "
        ),
        accept(
            "Encoded NUL, slash and dots stay as they are",
            "GET /%00%2F%2e%2E HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%00%2F%2e%2E "
        ),
        refuse(400, "A tab at the end of the request line", "GET / HTTP/1.1\t\r\nHost: a\r\n\r\n"),
        refuse(400, "A NUL at the end of the request line", "GET / HTTP/1.1\0\r\nHost: a\r\n\r\n"),
        refuse(400, "A vertical tab for a space", "GET\u{0B}/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A no-break space for a space", "GET\u{A0}/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A bare CR before the request line", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A NUL before the request line", "\0GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        refuse(
            400,
            "A byte order mark before the request line",
            "\u{EF}\u{BB}\u{BF}GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(
            400,
            "A line of a space before the request line",
            " \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        refuse(400, "A space before LF after the version", "GET / HTTP/1.1 \nHost: a\r\n\r\n"),
        refuse(400, "LF CR for CR LF", "GET / HTTP/1.1\n\rHost: a\n\r\n\r"),
        refuse(400, "A version without a slash", "GET / HTTP1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A version without digits", "GET / HTTP/x.y\r\nHost: a\r\n\r\n"),
        refuse(400, "A version of another name", "GET / HTTPS/1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A version with a space", "GET / HTTP/ 1.1\r\nHost: a\r\n\r\n"),
        refuse(400, "A negative version", "GET / HTTP/-1.1\r\nHost: a\r\n\r\n"),
        refuse(505, "HTTP/9.9", "GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
        refuse(400, "A field line of a colon", "\(get):\r\n\r\n"),
        refuse(400, "A fold after an empty value", "\(get)X:\r\n y\r\n\r\n"),
        refuse(400, "A fold before the end", "\(get)X: y\r\n \r\n\r\n"),
        refuse(400, "A vertical tab before a colon", "\(get)X\u{0B}: y\r\n\r\n"),
        refuse(400, "CR at the end of a value", "\(get)X: y\r\r\n\r\n"),
        refuse(400, "A NUL alone as a value", "\(get)X: \0\r\n\r\n"),
    ]
}
