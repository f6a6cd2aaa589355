import Testing

@testable import GatewayAPI

@Suite("Validators")
struct ValidatorsTests {
    @Test(
        "If-None-Match compares weakly, over the whole list",
        arguments: [
            (nil, false), ("", false), ("*", true), (" * ", true), ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\"", false), ("\"b\", \"a\"", true), ("\"b\",W/\"a\"", true),
            ("\"b\" , \"c\"", false),
            ("a", false), ("\"a", false), ("w/\"a\"", false), ("\t\"a\"\t", true), ("\"A\"", false),
            (",,", false),
        ] as [(String?, Bool)]
    )
    func matches(_ condition: String?, expected: Bool) {
        #expect(Validators.matches(condition, "W/\"a\"") == expected)
        #expect(Validators.matches(condition, "\"a\"") == expected)
    }
}
