import HTTPWire
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

    @Test(
        "If-Match compares strongly, over the whole list",
        arguments: [
            ("", false), ("*", true), ("\t* ", true), ("\"a\"", true), ("W/\"a\"", false),
            ("\"b\"", false), ("\"b\", \"a\"", true), ("\"b\",W/\"a\"", false), ("a", false),
            ("\t\"a\"\t", true), ("*, \"b\"", false), (",,", false),
        ]
    )
    func holds(_ condition: String, expected: Bool) {
        #expect(Validators.holds(condition, "\"a\"") == expected)
        #expect(Validators.holds(condition, "W/\"a\"") == (condition.contains("*") && expected))
    }

    @Test("If-Match is looked at before If-None-Match, on every route with a tag, hot or not")
    func precedence() async throws {
        let cloud = try SampleCloud()
        for target in [
            "/v1/images", "/v1/images?limit=3", "/v1/images/gmi:us:1?fields=name", "/openapi.json",
            "/", "/docs", "/assets/\(WebAssets.embedded.version)/base.css",
        ] {
            let accept = HTTPField("accept", target == "/" ? "text/html" : "*/*")
            var tag = ""
            for _ in 0..<3 {
                let answer = await cloud.get(target, [accept])
                tag = try #require(answer.fields.value(of: "etag"), "\(target)")
                _ = try cloud.atOnce(target)
            }
            let known = HTTPField("if-none-match", tag)
            for condition in [tag, String(tag.dropFirst(2)), "\"a\"", ""] {
                let lines = ["If-Match: \(condition)"]
                #expect(try cloud.atOnce(target, lines) == nil && cloud.again(target, lines) == nil)
                let match = HTTPField("if-match", condition)
                for fields in [[match], [match, known], [known, match]] {
                    for method in ["GET", "HEAD"] {
                        let request = HTTPRequest(
                            method: method,
                            target: target,
                            fields: fields + [accept]
                        )
                        let answer = await cloud.responder.respond(to: request).joined()
                        #expect(answer.status == 412, "\(method) \(target) \(condition)")
                        let text = String(decoding: answer.body, as: UTF8.self)
                        #expect(text.contains("problem:precondition-failed"))
                    }
                }
            }
            let any = HTTPField("if-match", "*")
            #expect(await cloud.get(target, [any, accept]).status == 200)
            #expect(await cloud.get(target, [any, known, accept]).status == 304)
        }
    }

    @Test("Where the answer is no good one If-Match does not count")
    func otherAnswers() async throws {
        let cloud = try SampleCloud()
        let match = HTTPField("if-match", "\"a\"")
        #expect(await cloud.get("/v1/images?limit=0", [match]).status == 400)
        #expect(await cloud.get("/v1/images/gmi:us:nosuch", [match]).status == 404)
        #expect(await cloud.get("/v1/upstreams", [match]).status == 200)
    }
}
