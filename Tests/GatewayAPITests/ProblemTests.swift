import Federation
import HTTPWire
import JSONText
import Testing

@testable import GatewayAPI

@Suite("Problem")
struct ProblemTests {
    @Test("A problem is an RFC 9457 object with its own fields, never stored")
    func members() throws {
        var problem = Problem(slug: "s", title: "T", status: 429, detail: "d \"quoted\"\n")
        problem.parameters = [.init("limit", nil, "x")]
        problem.fields = [.init("retry-after", "1")]
        let response = problem.response(requestID: "r")
        let names = ["content-type", "cache-control", "retry-after"]
        #expect(response.status == 429 && response.fields.map(\.name) == names)
        #expect(response.fields[0].value == "application/problem+json")
        let body = try JSONValue(parsing: response.body)
        let members = ["type", "title", "status", "detail", "request_id", "parameters"]
        #expect(body.objectValue?.map(\.key) == members)
        #expect(body["type"]?.stringValue == "urn:image-gateway:problem:s")
        #expect(body["detail"]?.stringValue == "d \"quoted\"\n")
        #expect(body["parameters"]?[0]?["value"]?.isNull == true)
    }

    @Test("A value is shortened after a hundred characters", arguments: [99, 100, 101])
    func shortened(_ count: Int) {
        let text = String(repeating: "é", count: count)
        let expected = count <= 100 ? text : String(repeating: "é", count: 100) + "…"
        #expect(Problem.shortened(text) == expected)
    }

    @Test("A refused key says how keys are sent; a refused method says what is allowed")
    func fields() {
        let silent = Problem.unauthorized([.key, .token], hasShown: false)
        #expect(silent.fields.map(\.value) == ["Bearer realm=\"image-gateway\""])
        #expect(silent.detail.contains("X-API-Key: KEY") && silent.detail.contains("TOKEN"))
        let wrong = Problem.unauthorized(.key, hasShown: true)
        #expect(wrong.fields[0].value.contains("error=\"invalid_token\""))
        #expect(!wrong.detail.contains("TOKEN") && !wrong.detail.contains("certificate"))
        let allow = Problem.methodNotAllowed(allow: "GET").fields
        #expect(allow.map(\.name) == ["allow"] && allow[0].value == "GET")
        #expect(Problem.cursor(.invalid, value: "x").slug == "invalid-cursor")
        #expect(Problem.cursor(.expired, value: "x").slug == "expired-cursor")
    }
}
