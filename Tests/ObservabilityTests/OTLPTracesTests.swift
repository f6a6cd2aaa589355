import Testing

@testable import Observability

struct OTLPTracesTests {
    private let encoder = OTLPTraces(
        resource: [TraceSpan.Attribute("service.name", .text("image-gateway"))],
        scope: "image-gateway",
        scopeVersion: "1.2.3"
    )

    private func context() throws -> TraceContext {
        try #require(
            TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01")
        )
    }

    @Test("Ids in hexadecimal, times and integers as strings, enums as numbers")
    func shape() throws {
        var span = TraceSpan(
            "GET /v1/images",
            .server,
            try context(),
            parentID: 0xB,
            state: TraceState(lines: ["a=1"]),
            start: 1_700_000_000_000_001,
            duration: .nanoseconds(2_500),
            error: "502"
        )
        span.set("http.request.method", "GET")
        span.set("http.response.status_code", 502)
        span.set("absent", String?.none)
        span.attributes.append(TraceSpan.Attribute("flag", .flag(true)))
        let expected = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":\
            "image-gateway"}}]},"scopeSpans":[{"scope":{"name":"image-gateway","version":"1.2.3"},\
            "spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b7",\
            "parentSpanId":"000000000000000b","traceState":"a=1","flags":1,"name":"GET /v1/images",\
            "kind":2,"startTimeUnixNano":"1700000000000001000","endTimeUnixNano":"1700000000000003500",\
            "attributes":[{"key":"http.request.method","value":{"stringValue":"GET"}},\
            {"key":"http.response.status_code","value":{"intValue":"502"}},\
            {"key":"flag","value":{"boolValue":true}}],"status":{"code":2,"message":"502"}}]}]}]}
            """
        #expect(String(decoding: encoder.body([span]), as: UTF8.self) == expected)
    }

    @Test("Several spans, none of them with what it does not have; texts are escaped and cut")
    func several() throws {
        let plain = TraceSpan("a", .internal, try context(), start: 0, duration: .seconds(-1))
        var other = TraceSpan("b\"\n", .client, try context(), start: 0, duration: .zero)
        let byteCount = OTLPTraces.textBytesMax + 1
        other.set("long", String(repeating: "x", count: 50 * byteCount))
        #expect(other.attributes[0].value == .text(String(repeating: "x", count: byteCount)))
        let text = String(decoding: encoder.body([plain, other]), as: UTF8.self)
        #expect(text.contains("\"kind\":1,") && text.contains("\"kind\":3,"))
        #expect(!text.contains("parentSpanId") && !text.contains("traceState"))
        #expect(text.contains("\"endTimeUnixNano\":\"0\",\"attributes\":[],\"status\":{}"))
        #expect(text.contains("b\\\"\\n"))
        #expect(text.contains(String(repeating: "x", count: OTLPTraces.textBytesMax) + "…"))
        #expect(text.hasSuffix("}}]}]}]}]}") == false && text.hasSuffix("\"status\":{}}]}]}]}"))
    }

    @Test("Attributes are bounded")
    func attributes() throws {
        var span = TraceSpan("a", .internal, try context(), start: 0, duration: .zero)
        for number in 0...TraceSpan.attributeCountMax { span.set("k\(number).", number) }
        let text = String(decoding: encoder.body([span]), as: UTF8.self)
        #expect(text.contains("\"k\(TraceSpan.attributeCountMax - 1).\""))
        #expect(!text.contains("\"k\(TraceSpan.attributeCountMax).\""))
    }
}
