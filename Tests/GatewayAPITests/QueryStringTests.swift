import Testing

@testable import GatewayAPI

@Suite("QueryString")
struct QueryStringTests {
    @Test(
        "Parameters are decoded: escapes, plus signs, values with equals signs, names without a value",
        arguments: [
            ("", []), ("&&", []), ("a=1&b=2", ["a:1", "b:2"]), ("a=1&a=2", ["a:1", "a:2"]),
            ("a", ["a:"]),
            ("a=", ["a:"]), ("=b", [":b"]), ("a=b=c", ["a:b=c"]), ("a=x+y%20z", ["a:x y z"]),
            ("a=%2B%26%3D", ["a:+&="]), ("%61=%e9%95%9C", ["a:镜"]), ("a=镜", ["a:镜"]),
            ("a=%00", ["a:\0"]),
            ("a=1;b=2", ["a:1;b=2"]),
        ] as [(String, [String])]
    )
    func decodes(_ text: String, expected: [String]) {
        let query = QueryString(text)
        #expect(query.pairs.map { "\($0.name):\($0.value)" } == expected)
        #expect(query.malformed.isEmpty)
    }

    @Test(
        "Broken escapes and bytes that are not UTF-8 are kept apart as they came",
        arguments: [
            "a=%", "a=%4", "a=%4g", "a=%zz", "a=%ff", "%c0%af=1", "a=%ed%a0%80", "a=%e9%95",
        ]
    )
    func malformed(_ text: String) {
        let query = QueryString("ok=1&\(text)")
        let parts = text.split(separator: "=").map(String.init)
        #expect(query.malformed.map(\.name) == [parts[0]])
        #expect(query.malformed.map(\.value) == [parts[1]])
        #expect(query.pairs.map(\.name) == ["ok"])
    }

    @Test("Parameters beyond the limit are not read", arguments: [255, 256, 257])
    func limit(_ count: Int) {
        let query = QueryString((0..<count).map { "p\($0)=1" }.joined(separator: "&"))
        #expect(query.pairs.count == min(count, 256))
        #expect(query.malformed.isEmpty)
        #expect(query.isTooLong == (count > 256))
    }

    @Test("What is encoded is decoded to the same text")
    func roundTrip() {
        let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
        #expect(QueryString.decode(QueryString.encode(text)) == text)
        #expect(QueryString.encode("a-Z_0.~ /é") == "a-Z_0.~%20%2F%C3%A9")
    }
}
