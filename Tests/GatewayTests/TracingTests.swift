import Configuration
import HTTPWire
import JSONText
import Synchronization
import TestKit
import Testing

@testable import image_gateway

@Suite(.timeLimit(.minutes(2)))
struct TracingTests {
    private static let planted = "PLANTED5ecret"
    private static let traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let upstream = """
        upstreams: [{ id: "tc", provider: "tencent-cvm", region: "ap-guangzhou", endpoint: "@sim",
          credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" } }]
        """

    private func gateway(
        _ endpoint: String,
        ratio: String,
        log: ProcessLog? = nil
    ) throws -> TestGateway {
        try TestGateway(
            log: log,
            """
            tracing: { otlp_endpoint: "\(endpoint)", sample_ratio: \(ratio),
                       headers: [{ name: "x-collector-key", value: "\(Self.planted)" }] },
            \(Self.upstream)
            """
        )
    }

    @Test(
        "A caller's trace goes on through request, waiting, walk and calls, and reaches the collector"
    )
    func tree() async throws {
        let collector = Collector()
        let gateway = try gateway(try collector.start(), ratio: "0")
        // A secret in the wrong place, and 400 for it.
        _ = await gateway.get(
            "/v1/images?state=\(Self.planted)&limit=1?x=\(Self.planted)&\(Self.planted)",
            [HTTPField("traceparent", "00-\(Self.traceID)-00f067aa0ba902b7-01")]
        )
        let good = await gateway.get(
            "/v1/images?limit=1",
            [
                HTTPField("traceparent", "00-\(Self.traceID)-00f067aa0ba902b7-01"),
                HTTPField("tracestate", "vendor=1"),
            ]
        )
        #expect(good.status == 200)
        // By itself, a moment later; nobody drains. The request's own span is the last to be made.
        var count = 1
        var request = try #require(await collector.received(count).last)
        while try !collector.spans().contains(where: {
            $0[integer: "http.response.status_code"] == "200" && $0.kind == "2"
        }) {
            count += 1
            request = try #require(await collector.received(count).last)
        }
        #expect(request.method == "POST" && request.target == "/v1/traces")
        #expect(request.fields.value(of: "content-type") == "application/json")
        #expect(request.fields.value(of: "x-collector-key") == Self.planted)
        try check(try collector.spans(), good)
        #expect(!String(decoding: request.body, as: UTF8.self).contains(Self.planted))
        await gateway.gateway.drain()
    }

    private func check(_ spans: [ReceivedSpan], _ answer: HTTPResponse) throws {
        for span in spans {
            #expect(span.traceID == Self.traceID && span.spanID.count == 16, "\(span.name)")
            #expect(span.end >= span.start && span.start > 1_700_000_000_000_000_000)
        }
        let server = try #require(
            spans.first { $0[integer: "http.response.status_code"] == "200" && $0.kind == "2" }
        )
        #expect(server.name == "GET /v1/images" && server.parentID == "00f067aa0ba902b7")
        #expect(server[text: "url.path"] == "/v1/images" && server[text: "url.query"] == "limit=1")
        #expect(server[text: "http.route"] == "/v1/images" && server[text: "url.scheme"] == "http")
        #expect(server[text: "image_gateway.temperature"] == "cold")
        #expect(
            server[text: "image_gateway.request_id"] == answer.fields.value(of: "x-request-id")
        )
        let wait = try #require(spans.first { $0.name == "wait tc" })
        #expect(wait.parentID == server.spanID && wait.kind == "1")
        #expect(wait[text: "image_gateway.state"] == "fresh")
        let walk = try #require(spans.first { $0.name == "walk tc" })
        #expect(walk.parentID == wait.spanID && walk[integer: "image_gateway.images"] == "60")
        let calls = spans.filter { $0.kind == "3" }
        #expect(!calls.isEmpty)
        for call in calls {
            #expect(call.parentID == walk.spanID && call.name == "POST")
            #expect(call[text: "server.address"] == "127.0.0.1")
            #expect(call[integer: "http.response.status_code"] == "200")
            #expect(call[text: "image_gateway.upstream"] == "tc")
        }
    }

    /// The spans that have come to that end, once there are as many as wanted over all ends.
    private func spans(
        _ outcome: String,
        of count: Double,
        _ gateway: TestGateway
    ) async throws -> Double {
        try await settle {
            try PrometheusScrape(gateway.gateway.metricsText)
                .sum("image_gateway_trace_spans_total") >= count
        }
        return try PrometheusScrape(gateway.gateway.metricsText)
            .sum("image_gateway_trace_spans_total", "outcome=\"\(outcome)\"")
    }

    @Test("A refusing collector is counted, said once and holds nobody up")
    func refusal() async throws {
        let collector = Collector(status: 400)
        let events = LogPipe()
        let log = try ProcessLog(events: events.writer, access: events.writer)
        let gateway = try gateway(try collector.start(), ratio: "1", log: log)
        for _ in 0..<3 { #expect(await gateway.get("/v1/upstreams").status == 200) }
        #expect(try await spans("failed", of: 3, gateway) == 3)
        let line = try events.line(with: "trace collector")
        #expect(line.contains("400") && !events.text.contains(Self.planted))
        await gateway.gateway.drain()
    }

    @Test("Spans repeat no method that is none of HTTP's and no value that was refused")
    func strangers() async throws {
        let collector = Collector()
        let gateway = try gateway(try collector.start(), ratio: "1")
        let refused = await gateway.get("/v1/images?limit=\(Self.planted);pw=\(Self.planted)")
        let other = await gateway.get("/v1/images?limit=1", method: Self.planted)
        let page = await gateway.get("/?limit=\(Self.planted)", method: "HEAD")
        #expect([refused.status, other.status, page.status] == [400, 405, 200])
        await gateway.gateway.drain()
        let spans = try collector.spans().filter { $0.kind == "2" }
        #expect(Set(spans.map(\.name)) == ["GET /v1/images", "HTTP /v1/images", "HEAD"])
        let methods = Set(spans.compactMap { $0[text: "http.request.method"] })
        #expect(methods == ["GET", "_OTHER", "HEAD"])
        let queries = Set(spans.compactMap { $0[text: "url.query"] })
        #expect(queries == ["limit=[redacted]"])
        for request in collector.requests.withLock({ $0 }) {
            #expect(!String(decoding: request.body, as: UTF8.self).contains(Self.planted))
        }
    }

    @Test("Draining sends what is left")
    func draining() async throws {
        let collector = Collector()
        let gateway = try gateway(try collector.start(), ratio: "1")
        for _ in 0..<3 { _ = await gateway.get("/v1/upstreams") }
        await gateway.gateway.drain()
        #expect(Set(try collector.spans().map(\.traceID)).count == 3)
    }

    @Test("Spans that the collector turns away out of a batch count as failed")
    func partial() async throws {
        let collector = Collector(body: "{\"partialSuccess\":{\"rejectedSpans\":\"1\"}}")
        let gateway = try gateway(try collector.start(), ratio: "1")
        for _ in 0..<3 { _ = await gateway.get("/v1/upstreams") }
        let failed = try await spans("failed", of: 3, gateway)
        // One of each batch, however many batches there were.
        #expect(failed == Double(collector.requests.withLock { $0.count }))
        await gateway.gateway.drain()
    }

    @Test("Without a sample nothing is sent")
    func unsampled() async throws {
        let collector = Collector()
        let gateway = try gateway(try collector.start(), ratio: "0")
        let fields = [HTTPField("traceparent", "00-\(Self.traceID)-00f067aa0ba902b7-00")]
        _ = await gateway.get("/v1/images", fields)
        _ = await gateway.get("/v1/images")
        await gateway.gateway.drain()
        #expect(collector.requests.withLock { $0.count } == 0)
    }
}
