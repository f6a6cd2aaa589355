import Testing

@testable import Configuration

@Suite("Problems of single values")
struct ValueProblemTests {
    private let harness = LoaderHarness(files: ["/tls/c.pem": "no pem"])

    @Test(
        "A value of an upstream that is wrong says what would be right",
        arguments: [
            (
                "ttl: 10,",
                "ttl: is a bare number; a duration is a text with a unit; write \"10ms\" or \"10s\""
            ),
            (
                "ttl: 1.5,",
                "ttl: is a bare number; a duration is a text with a unit; for example \"10s\""
            ),
            ("ttl: '10',", "ttl: \"10\" lacks a unit; write \"10ms\" or \"10s\""),
            ("ttl: '31d',", "ttl: \"31d\" is out of range; the range is 0ms to 30d"),
            (
                "call_timeout: '0s',",
                "call_timeout: \"0s\" is out of range; the range is 10ms to 10m"
            ),
            ("ttl: null,", "ttl: null is no value here; leave the key out to have its default"),
            ("ttl: true,", "ttl: must be a duration such as \"10s\", not true or false"),
            (
                "body_bytes_max: 64,",
                "body_bytes_max: is a bare number; a size is a text with a unit; write \"64B\" or \"64MiB\""
            ),
            (
                "body_bytes_max: '2GiB',",
                "body_bytes_max: \"2GiB\" is out of range; the range is 1KiB to 1GiB"
            ),
            ("retries: 6,", "retries: 6 is out of range; the range is 0 to 2"),
            ("retries: -1,", "retries: -1 is out of range; the range is 0 to 2"),
            ("retries: 1.5,", "retries: must be a whole number"),
            ("retries: '1',", "retries: must be a whole number, not a text"),
            ("enabled: 'yes',", "enabled: must be true or false, not a text"),
            ("tags: 'a',", "tags: must be a list, not a text"),
            ("tags: ['a', 1],", "tags[1]: must be a text, not a number"),
            ("tags: [''],", "tags[0]: is empty"),
            ("tags: ['a\\n'],", "tags[0]: holds control characters"),
            ("breaker: [],", "breaker: must be an object, not a list"),
            ("rate_limit: {},", "rate_limit.requests_per_second: is missing"),
            (
                "rate_limit: { requests_per_second: 0 },",
                "rate_limit.requests_per_second: 0.0 is out of range; above 0, up to 1000000"
            ),
            (
                "rate_limit: { requests_per_second: NaN },",
                "rate_limit.requests_per_second: nan is out of range; above 0, up to 1000000"
            ),
            (
                "rate_limit: { requests_per_second: 1e999 },",
                "rate_limit.requests_per_second: is a number too large to hold"
            ),
            ("proxy: 'ftp://x',", "proxy: must begin with http:// or socks5h://"),
            (
                "proxy: 'http://u:p@x:1',",
                "proxy: must not hold a user name or password; proxies that ask for them cannot be used; "
                    + "credentials are the upstream's"
            ),
            ("proxy: 'http://x:0',", "proxy: has no port between 1 and 65535"),
            ("proxy: 'http://x:70000',", "proxy: has no port between 1 and 65535"),
            ("proxy: 'http://x/p',", "proxy: must not hold a path"),
            ("path: 'x',", "path: does not begin with \"/\""),
            ("path: '/x?y',", "path: is no path of a URL"),
            ("tls: { ca_file: '/no.pem' },", "tls.ca_file: the file \"/no.pem\" does not exist"),
            (
                "tls: { ca_file: '/tls/c.pem' },",
                "tls.ca_file: the file \"/tls/c.pem\" holds no PEM block CERTIFICATE"
            ),
        ]
    )
    func upstreamValues(member: String, problem: String) {
        let errors = harness.errors(ofUpstream: member)
        #expect(errors.count == 1)
        #expect(errors.first?.hasPrefix("2:") == true)
        #expect(errors.first?.hasSuffix(": error: upstreams[0].\(problem)") == true, "\(errors)")
    }

    @Test("A list may be kept for no time at all")
    func nothingKept() {
        let windows = "ttl: '0s', stale_while_revalidate: '0s', stale_if_error: '0s',"
        #expect(harness.errors(ofUpstream: windows) == [])
    }

    @Test(
        "A value of the document that is wrong says what would be right",
        arguments: [
            (
                "listen: { address: ':8080' },",
                "listen.address: is not an IP address and a port; "
                    + "for example \"0.0.0.0:8080\" or \"[::1]:8080\""
            ),
            (
                "listen: { address: 'localhost:80' },",
                "listen.address: is not an IP address and a port; "
                    + "for example \"127.0.0.1:80\" or \"[::1]:80\""
            ),
            (
                "listen: { address: '127.0.0.1:70000' },",
                "listen.address: has no port between 0 and 65535"
            ),
            ("listen: { tls: { certificate: '/tls/c.pem' } },", "listen.tls.key: is missing"),
            ("loops: 0,", "loops: 0 is out of range; the range is 1 to 256"),
            (
                "log: { level: 'warn' },",
                "log.level: is none of \"trace\", \"debug\", \"info\", \"warning\", \"error\"; "
                    + "did you mean \"warning\"?"
            ),
            (
                "tracing: { otlp_endpoint: 'http://u:p@x:1' },",
                "tracing.otlp_endpoint: must not hold a user name or password; use headers"
            ),
            (
                "tracing: { otlp_endpoint: 'http://x:1', headers: [{ name: 'Content-Length', value: 'x' }] },",
                "tracing.headers[0].name: is a field of HTTP itself"
            ),
            (
                "tracing: { otlp_endpoint: 'http://x:1', headers: "
                    + "[{ name: 'A', value: 'x' }, { name: 'b', value: 'x' }, { name: 'a', value: 'x' }] },",
                "tracing.headers[2].name: stands in headers[0], too"
            ),
            (
                "cors: { origins: ['https://u:p@x'] },",
                "cors.origins[0]: must not hold a user name or password; an origin has none"
            ),
            ("cors: { origins: ['https://x/y'] },", "cors.origins[0]: must not hold a path"),
            ("cors: { origins: ['*', 'https://x'] },", "cors.origins[0]: \"*\" must stand alone"),
            ("clients: [],", "clients: has 0 elements; from 1 to 10000"),
            ("cache: 5,", "cache: must be an object, not a number"),
            (
                "request: { page_size: 100, page_size_max: 99 },",
                "request.page_size: 100 is more than page_size_max, which is 99"
            ),
            (
                "request: { page_size: 2000 },",
                "request.page_size: 2000 is more than page_size_max, which is 1000"
            ),
            (
                "admin: { address: '0.0.0.0:8081' },",
                "admin.address: other machines reach 0.0.0.0:8081, and admin.key is missing; "
                    + "add key: { env: \"IMAGE_GATEWAY_ADMIN_KEY\" } or listen on 127.0.0.1"
            ),
            (
                "admin: { address: '127.0.0.1:8080' },",
                "admin.address: 127.0.0.1:8080 is the public port too; choose another port"
            ),
            (
                "listen: { address: '0.0.0.0:8080' }, admin: { address: '127.0.0.1:8080' },",
                "admin.address: 127.0.0.1:8080 is taken by the public port, 0.0.0.0:8080; choose another port"
            ),
            (
                "cursor_key: 'abc',",
                "cursor_key: is not 32 bytes in hexadecimal or base64; make one with: openssl rand -hex 32"
            ),
        ]
    )
    func rootValues(member: String, problem: String) {
        let errors = harness.errors(ofRoot: member)
        #expect(errors.contains { $0.hasSuffix(": error: \(problem)") }, "\(errors)")
    }

    @Test(
        "A key that can be guessed draws a warning",
        arguments: [
            (
                "admin: { address: '0.0.0.0:8081', key: 'short' },",
                "warning: admin.key: is shorter than 16 bytes and can be guessed; make one with: openssl rand -hex 32"
            ),
            (
                "admin: { address: '127.0.0.1:8081', key: 'fifteen letters' },",
                "warning: admin.key: is shorter than 16 bytes and can be guessed; make one with: openssl rand -hex 32"
            ),
            (
                "admin: { address: '127.0.0.1:8081', key: 'aaaaaaaaaaaaaaaabbbbbbbb' },",
                "warning: admin.key: repeats a few bytes and can be guessed; make one with: openssl rand -hex 32"
            ),
            (
                "cursor_key: '\(String(repeating: "0", count: 64))',",
                "warning: cursor_key: repeats a few bytes and can be guessed; make one with: openssl rand -hex 32"
            ),
        ]
    )
    func guessableKeys(member: String, problem: String) {
        let problems = harness.lines(ofRoot: member)
        #expect(problems.contains { $0.hasSuffix(": \(problem)") }, "\(problems)")
    }

    @Test(
        "Keys of 16 bytes and more are taken, of words too",
        arguments: ["sixteen letters!", "correct horse battery staple"]
    )
    func longKeys(key: String) {
        let problems = harness.lines(ofRoot: "admin: { address: '0.0.0.0:8081', key: '\(key)' },")
        #expect(!problems.contains { $0.contains("guessed") }, "\(problems)")
    }

    @Test("A key of the admin port with a blank at an end is one that nobody can show")
    func blanksAround() {
        let problem =
            "error: admin.key: begins or ends with a blank, so no request can show it: HTTP cuts off "
            + "blanks around a value; write it without blanks around it"
        for key in [" sixteen letters!", "sixteen letters! ", "  sixteen letters!  "] {
            let member = "admin: { address: '127.0.0.1:8081', key: { file: '/key' } },"
            let errors = LoaderHarness(files: ["/key": key + "\n"]).errors(ofRoot: member)
            #expect(errors == ["2:42: \(problem)"])
        }
        let tab = harness.errors(ofRoot: "admin: { address: '127.0.0.1:8081', key: 'sixteen\\t' },")
        #expect(tab.count == 1 && tab[0].contains("control character"), "\(tab)")
    }

    @Test(
        "Origins of pages are kept as browsers write them",
        arguments: [
            ("https://B.Example", "https://b.example"), ("HTTPS://a.example", "https://a.example"),
            ("https://c.example:443", "https://c.example"),
            ("http://d.example:80/", "http://d.example"),
            ("http://d.example:443", "http://d.example:443"),
            ("https://d.example:80", "https://d.example:80"),
            ("https://[2001:DB8::1]:443", "https://[2001:db8::1]"), ("*", "*"),
        ]
    )
    func origins(written: String, kept: String) {
        let text =
            "{cors:{origins:['\(written)']},"
            + "upstreams:[{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1'}]}"
        #expect(harness.load(text).configuration?.cors.origins == [kept])
    }

    @Test("A combination with a value that is wrong itself draws no second error")
    func oneErrorEach() {
        #expect(harness.errors(ofRoot: "request: { page_size: 'x', page_size_max: 1 },").count == 1)
        #expect(harness.errors(ofUpstream: "walk_timeout: 5, call_timeout: '1h',").count == 2)
    }

    @Test(
        "Addresses are IPv4 or bracketed IPv6, and loopback is told from the rest",
        arguments: [
            ("127.0.0.1:1", true), ("127.9.9.9:0", true), ("[::1]:65535", true),
            ("0.0.0.0:80", false),
            ("[::]:80", false), ("[2001:db8::1.2.3.4]:1", false), ("[1:2:3:4:5:6:7:8]:1", false),
        ]
    )
    func addresses(text: String, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address.description == text)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(
        "Addresses that cannot both be listened on are told from those that can",
        arguments: [
            ("0.0.0.0:80", "127.0.0.1:80", true), ("[::]:80", "127.0.0.1:80", true),
            ("[::]:80", "[::1]:80", true), ("127.0.0.1:80", "127.0.0.1:80", true),
            ("0.0.0.0:80", "[::1]:80", false), ("127.0.0.1:80", "127.0.0.2:80", false),
            ("0.0.0.0:80", "127.0.0.1:81", false), ("0.0.0.0:0", "0.0.0.0:0", false),
        ]
    )
    func overlaps(one: String, other: String, isOverlap: Bool) throws {
        let (one, other) = (try ListenAddress(one), try ListenAddress(other))
        #expect(one.overlaps(other) == isOverlap && other.overlaps(one) == isOverlap)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", ":", "1.2.3.4", "1.2.3:1", "1.2.3.4.5:1", "256.1.1.1:1", "01.1.1.1:1", "1.1.1.1:",
            "1.1.1.1:-1",
            "1.1.1.1:+1", "::1:1", "[::1]", "[::1", "[]:1", "[::1::2]:1", "[1:2:3:4:5:6:7]:1",
            "[g::]:1",
            "[1:2:3:4:5:6:7:8:9]:1", "[12345::]:1", "[1.2.3.4::]:1", "host:1", "1.1.1.1:65536",
        ]
    )
    func notAddresses(text: String) {
        #expect(throws: TextComplaint.self) { try ListenAddress(text) }
    }
}
