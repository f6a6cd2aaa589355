import HTTPWire
import Testing

@testable import GatewayAPI

@Suite struct CrossOriginTests {
    @Test("A preflight allows every field that is honoured and that scripts must ask for")
    func preflight() async throws {
        let cloud = try SampleCloud(origins: ["https://portal.example"])
        let response = await cloud.responder.respond(
            to: HTTPRequest(
                method: "OPTIONS",
                target: "/v1/images",
                fields: [
                    HTTPField("origin", "https://portal.example"),
                    HTTPField("access-control-request-method", "GET"),
                    HTTPField("access-control-request-headers", "traceparent"),
                ]
            )
        )
        #expect(response.status == 204)
        let allowed = response.fields.value(of: "access-control-allow-headers") ?? ""
        #expect(
            Set(allowed.split(separator: ", ")) == [
                "authorization", "x-api-key", "if-none-match", "cache-control", "traceparent",
                "tracestate",
            ]
        )
    }
}
