import HTTPWire
import JSONText
import Testing

@testable import GatewayAPI

@Suite("Web pages of others and the admin port")
struct ForeignPagesTests {
    private let gateway: SampleGateway
    private let key = HTTPField("x-api-key", "secret")

    init() throws {
        gateway = try SampleGateway()
    }

    private func answer(
        _ target: String,
        method: String = "GET",
        _ fields: [HTTPField]
    ) async -> HTTPResponse {
        await gateway.admin.respond(
            to: HTTPRequest(method: method, target: target, fields: fields)
        )
    }

    private func detail(_ response: HTTPResponse) throws -> String {
        try JSONValue(parsing: response.body)["detail"]?.stringValue ?? ""
    }

    @Test("Without a key only an address or localhost is a name of the port, the probes apart")
    func names() async throws {
        let own = [
            "127.0.0.1:8081", "127.0.0.1", "10.0.0.7:8081", "[::1]:8081", "[::1]", "localhost",
            "localhost:8081", "LocalHost:1",
        ]
        let foreign = [
            "evil.example", "evil.example:8081", "localhost.evil.example:8081", "127.0.0.1.evil:1",
            "localhost.", "127.0.0.1.", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.x", "...", "",
        ]
        for target in ["/metrics", "/v1/upstreams", "/v1/nothing", "/v1/config:reload"] {
            for host in own {
                let response = await answer(target, [HTTPField("host", host)])
                #expect(response.status != 403, "\(target) \(host)")
            }
            for host in foreign {
                for method in ["GET", "HEAD", "POST"] {
                    let response = await answer(target, method: method, [HTTPField("host", host)])
                    #expect(response.status == 403, "\(method) \(target) \(host)")
                    #expect(try detail(response).contains("'\(host)'"))
                    #expect(try detail(response).contains("localhost"))
                }
            }
            // HTTP/1.0 knows no Host, and no browser speaks it.
            #expect(await answer(target, []).status != 403)
        }
        #expect(await answer("/healthz", [HTTPField("host", "pod.example")]).status == 200)
        gateway.admin.replace(gateway.responder.service, key: Array("secret".utf8))
        #expect(await answer("/metrics", [HTTPField("host", "admin.example"), key]).status == 200)
        #expect(await answer("/metrics", [HTTPField("host", "admin.example")]).status == 401)
    }

    @Test("No page of another origin changes anything, whatever the key; programs and own pages do")
    func pages() async throws {
        let verb = "/v1/config:reload"
        let host = HTTPField("host", "127.0.0.1:8081")
        func status(_ name: String, _ value: String, method: String = "POST") async -> Int {
            await answer(verb, method: method, [host, key, HTTPField(name, value)]).status
        }
        for isKeyed in [false, true] {
            gateway.admin.replace(
                gateway.responder.service,
                key: isKeyed ? Array("secret".utf8) : nil
            )
            for origin in [
                "https://evil.example", "null", "", "http://127.0.0.1", "http://127.0.0.1:8080",
                "http://127.0.0.1:80810", "http://localhost:8081", "ftp://127.0.0.1:8081",
                "127.0.0.1:8081", "http://127.0.0.1:8081, http://evil.example", "http://",
                "https://127.0.0.1", "http://127.0.0.1:8081.evil.example",
            ] {
                #expect(await status("origin", origin) == 403, "\(origin)")
                #expect(await status("origin", origin, method: "DELETE") == 403)
                // Reading is what an origin's own rules are for.
                #expect(await status("origin", origin, method: "GET") == 405)
            }
            for site in ["cross-site", "same-site", "", "anything", "none, cross-site"] {
                #expect(await status("sec-fetch-site", site) == 403, "\(site)")
            }
            for site in ["same-origin", "none"] {
                #expect(await status("sec-fetch-site", site) == 200)
            }
            for origin in [
                "http://127.0.0.1:8081", "HTTP://127.0.0.1:8081", "https://127.0.0.1:8081",
            ] {
                #expect(await status("origin", origin) == 200, "\(origin)")
            }
            #expect(await answer(verb, method: "POST", [host, key]).status == 200)
        }
        let refused = await answer(
            verb,
            method: "POST",
            [host, key, HTTPField("origin", "https://evil.example")]
        )
        #expect(try detail(refused).contains("Origin is 'https://evil.example'"))
        #expect(try detail(refused).contains("same origin"))
    }

    @Test("A port that is not written is the scheme's own")
    func ports() async {
        for (host, origin, isSame) in [
            ("localhost", "http://localhost", true), ("localhost:80", "http://localhost", true),
            ("localhost", "https://localhost:443", true),
            ("localhost:443", "https://localhost", true),
            ("localhost:443", "http://localhost", false), ("[::1]:8081", "http://[::1]:8081", true),
            ("[::1]", "http://[::1]", true), ("[::1]:8081", "http://[::1]", false),
        ] {
            let fields = [HTTPField("host", host), HTTPField("origin", origin)]
            let response = await answer("/v1/config:reload", method: "POST", fields)
            #expect(response.status == (isSame ? 200 : 403), "\(host) \(origin)")
        }
    }
}
