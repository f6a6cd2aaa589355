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
}
