import HTTPWire
import Testing

@testable import GatewayAPI

@Suite struct PlainWishesTests {
    /// The key and whether gzip is taken; `nil` where the request goes the long way.
    private func wishes(
        _ target: String,
        _ lines: [String] = [],
        method: String = "GET"
    ) throws -> (key: String?, takesGzip: Bool)? {
        let text = (["\(method) \(target) HTTP/1.1", "Host: x"] + lines + ["", ""]).joined(
            separator: "\r\n"
        )
        let head = try RequestHead(parsing: Array(text.utf8))
        guard let wishes = PlainWishes(head) else { return nil }
        return (wishes.key.map { head.text($0) }, wishes.takesGzip)
    }

    @Test("The list alone is answered at once, under whatever query")
    func routes() throws {
        for target in ["/v1/images", "/v1/images?", "/v1/images?limit=2&q=a"] {
            #expect(try wishes(target) != nil)
        }
        for target in [
            "/", "/v1/image", "/v1/images/", "/v1/imagesx", "/v1/images/a", "/v2/images",
        ] {
            #expect(try wishes(target) == nil)
        }
        #expect(try wishes("/v1/images", method: "HEAD") == nil)
    }

    @Test("Whatever asks for more than the plain answer goes the long way")
    func special() throws {
        for line in [
            "Cache-Control: no-cache", "pragma: no-cache", "If-None-Match: *", "if-match: *",
            "If-Match: \"a\"", "Origin: https://a",
            "Accept: text/html", "accept: application/json;q=0", "accept: application/json, */*",
        ] {
            #expect(try wishes("/v1/images", [line]) == nil)
        }
        let twice = ["Accept-Encoding: gzip", "Accept-Encoding: identity"]
        #expect(try wishes("/v1/images", twice) == nil)
        #expect(try wishes("/v1/images", ["Accept: */*", "User-Agent: x"]) != nil)
        #expect(try wishes("/v1/images", ["accept: application/json"]) != nil)
    }

    @Test("The key is that of Authorization, else that of X-Api-Key; several go the long way")
    func keys() throws {
        func key(_ lines: String...) throws -> String? { try wishes("/v1/images", lines)?.key }
        #expect(try key() == nil)
        #expect(try key("Authorization: Bearer one") == "one")
        #expect(try key("authorization: bEARER   one") == "one")
        #expect(try key("X-API-Key:") == nil)
        #expect(try key("Authorization: Bearer ", "X-API-Key:  ") == nil)
        #expect(try key("X-API-KEY: two", "Authorization: Basic abc") == "two")
        for lines in [
            ["Authorization: Bearer one", "Authorization: Bearer two"],
            ["Authorization: Basic abc", "Authorization: Bearer one"],
            ["X-Api-Key: two", "Accept: */*", "x-api-key: three"],
            ["Authorization: Bearer one", "X-Api-Key: two"],
            ["X-Api-Key: two", "Authorization: Bearer one"],
            ["X-Api-Key: one", "Authorization: Bearer one"],
        ] {
            #expect(try wishes("/v1/images", lines) == nil, "\(lines)")
        }
    }

    @Test("gzip is taken where it is accepted")
    func encodings() throws {
        #expect(try wishes("/v1/images", ["Accept-Encoding: br, gzip"])?.takesGzip == true)
        #expect(try wishes("/v1/images", ["Accept-Encoding: gzip;q=0"])?.takesGzip == false)
        #expect(try wishes("/v1/images")?.takesGzip == false)
    }
}
