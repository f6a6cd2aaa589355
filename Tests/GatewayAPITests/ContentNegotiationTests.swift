import Testing

@testable import GatewayAPI

@Suite struct ContentNegotiationTests {
    @Test(
        "JSON is taken unless Accept leaves it out; the most specific range decides",
        arguments: [
            (nil, true), ("", true), ("*/*", true), ("application/json", true),
            ("text/html, application/xhtml+xml, */*;q=0.8", true), ("APPLICATION/*;q=0.1", true),
            ("text/html", false), ("application/json;q=0, */*", false), ("*/*;q=0", false),
            ("application/json; q=0.5, */*;q=0", true), ("image/png,application/*;q=0", false),
        ]
    )
    func accept(field: String?, isTaken: Bool) {
        #expect(ContentNegotiation.takesJSON(field) == isTaken)
    }

    @Test(
        "A page comes for who names text/html and gives plain text no greater weight",
        arguments: [
            (nil, false), ("", false), ("*/*", false), ("text/*", false), ("text/html", true),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
            ("text/html;q=0.1, text/plain", false), ("text/plain, text/html;q=0.1", false),
            ("text/html;q=0.1, text/plain;q=0.05", true), ("TEXT/HTML;q=0.1", true),
            ("text/html, text/plain", true), ("text/html;q=0.5, */*", false),
            ("text/html;q=0.5, text/*;q=0.6, text/plain;q=0.4, */*", true),
            ("text/html;q=0", false), ("text/html;level=1;q=0.2, text/plain;q=0.3", false),
            ("text/html;q=0.201, text/plain;q=0.200", true),
        ] as [(String?, Bool)]
    )
    func pages(field: String?, isPage: Bool) {
        #expect(ContentNegotiation.prefersHTML(field) == isPage)
    }
}
