import Testing
import Upstreams

@testable import Providers

@Suite("Provider endpoint")
struct ProviderEndpointTests {
    @Test(
        "An endpoint is an origin and a prefix in one spelling",
        arguments: [
            ("https://Cloud.Example", "https://cloud.example/x"),
            ("HTTPS://cloud.example:443/", "https://cloud.example/x"),
            ("http://cloud.example:80/a/b//", "http://cloud.example/a/b/x"),
            ("http://cloud.example:8080", "http://cloud.example:8080/x"),
            ("http://[::1]:9100", "http://[::1]:9100/x"),
            ("http://127.0.0.1:9100/p", "http://127.0.0.1:9100/p/x"),
        ]
    )
    func spelling(text: String, url: String) throws {
        #expect(try ProviderEndpoint(text).url(path: "/x") == url)
    }

    @Test("Names and values of a query are percent-encoded and read back")
    func query() throws {
        var query = QueryString()
        query.add("a b", "c&d=e+f位~")
        let url = try ProviderEndpoint("https://c.example").url(path: "/x", query: query)
        #expect(url == "https://c.example/x?a%20b=c%26d%3De%2Bf%E4%BD%8D~")
        #expect(QueryString(parsing: query.encoded) == query)
        #expect(QueryString(parsing: "a=%zz&b=%4&c=1&d").pairs.map(\.name) == ["c", "d"])
        #expect(PercentEncoding.decode("%ff") == nil)
    }

    @Test("A link to the own origin keeps its path and query")
    func ownLinks() throws {
        let endpoint = try ProviderEndpoint("https://c.example:8443/p")
        for link in ["/v2?a=b", "https://C.example:8443/v2?a=b", "HTTPS://c.example:8443/v2?a=b"] {
            #expect(try endpoint.ownPath(ofLink: link) == "/v2?a=b")
        }
    }

    @Test(
        "Any other link is a paging fault",
        arguments: [
            "", "v2", "?a=b", "//c.example/v2", "https://c.example", "https://c.example/v2",
            "https://c.example:8444/v2", "https://c.example:8443//v2", "http://c.example:8443/v2",
            "https://c.example:8443@evil.example/v2",
            "https://evil.example/https://c.example:8443/",
            "/v 2", "/v2#a", "/v2\\", "/位", "javascript:alert(1)", "https://",
            "https:/c.example/v2",
        ]
    )
    func foreignLinks(link: String) throws {
        let endpoint = try ProviderEndpoint("https://c.example:8443/p")
        let error = #expect(throws: UpstreamError.self) { try endpoint.ownPath(ofLink: link) }
        #expect(error?.code == .pagingFault)
    }
}
