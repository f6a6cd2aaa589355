import Testing

@testable import image_gateway

@Suite("GatewayURL")
struct GatewayURLTests {
    @Test(
        "The base address of a gateway is read, and the route of its list cut off",
        arguments: [
            ("http://h", "http://h"), ("http://h/", "http://h"), ("HTTPS://h:1//", "https://h:1"),
            ("http://h/prefix/", "http://h/prefix"), ("http://h/v1/images", "http://h"),
            ("http://h/v1/images/", "http://h"), ("http://h/prefix/v1/images", "http://h/prefix"),
            ("http://h//v1/images", "http://h"), ("http://v1/images", "http://v1/images"),
            ("http://h/av1/images", "http://h/av1/images"), ("http://h/v1", "http://h/v1"),
            ("http://h/v1/images?limit=1", nil), ("http://u@h", nil), ("h:8080", nil),
            ("http://", nil), ("http:///v1/images", nil), ("http://h/a b", nil),
        ] as [(String, String?)]
    )
    func bases(_ text: String, expected: String?) {
        #expect(GatewayURL.base(text) == expected)
    }
}
