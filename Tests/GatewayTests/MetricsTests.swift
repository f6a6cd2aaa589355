import Configuration
import EventLoops
import GatewayAPI
import Glibc
import HTTPServing
import HTTPWire
import JSONText
import MonotonicTime
import Observability
import Testing
import Upstreams

@testable import CurlClient
@testable import image_gateway

@Suite struct MetricsTests {
    private static let planted = "PLANTED5ecret"

    /// A gateway with an admin port, over sockets, and what it writes.
    private struct Running {
        let gateway: TestGateway
        let origin: String
        let admin: String
        let events = LogPipe()
        let access = LogPipe()
        let transport: CurlTransport

        init(level: String = "info", _ upstreams: String, _ settings: String = "") async throws {
            let log = try ProcessLog(events: events.writer, access: access.writer)
            gateway = try TestGateway(
                log: log,
                """
                listen: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" },
                log: { level: "\(level)" }, upstreams: [\(upstreams)], \(settings)
                """
            )
            origin = "http://\(try gateway.gateway.start { .reloaded(change: "nothing changed") })"
            let line = try events.line(with: "admin port on")
            admin = String(
                line.suffix(from: try #require(line.firstRange(of: "http://")).lowerBound)
            )
            transport = try CurlTransport(loop: gateway.threads.main, version: "test")
        }

        func send(
            _ method: String = "GET",
            _ url: String,
            _ fields: [UpstreamField] = []
        ) async throws -> UpstreamResponse {
            try await Self.send(over: transport, method, url, fields)
        }

        static func send(
            over transport: CurlTransport,
            _ method: String = "GET",
            _ url: String,
            _ fields: [UpstreamField] = []
        ) async throws -> UpstreamResponse {
            try await transport.send(
                UpstreamRequest(method: method, url: url, fields: fields),
                policy: TransportPolicy(),
                deadline: .now + .seconds(300)
            )
        }

        func metrics() async throws -> (scrape: PrometheusScrape, text: String) {
            let response = try await send("GET", admin + "/metrics")
            let text = String(decoding: response.body, as: UTF8.self)
            return (try PrometheusScrape(text), text)
        }
    }

    private static let good = """
        { id: "good", provider: "tencent-cvm", region: "ap-guangzhou", endpoint: "@sim",
          credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" } },
        """
    private static let down = """
        { id: "down", provider: "gmi", endpoint: "http://127.0.0.1:1", retries: 0,
          credentials: { token: "\(planted)" } },
        """
    private static let refused = """
        { id: "refused", provider: "gmi", endpoint: "@sim", retries: 0,
          credentials: { token: "\(planted)" } },
        """

    /// A sanitizer's own allocator says 0, and any other more than this.
    private static let leastInUse: Double =
        dlsym(nil, "__tsan_init") == nil && dlsym(nil, "__asan_init") == nil ? 10_000 : 0

    @Test("The metrics are Prometheus text, line by line, before and after requests")
    func format() async throws {
        let running = try await Running(Self.good + Self.down)
        for round in 0..<2 {
            let (scrape, _) = try await running.metrics()
            for (name, type) in scrape.types {
                #expect((type == "counter") == name.hasSuffix("_total"), "\(name), round \(round)")
            }
            for name in scrape.values.keys where name.contains("_bucket{") {
                let count = name.replacing("_bucket{", with: "_count{")
                    .replacing(/,?le="[^"]*"/, with: "").replacing("{}", with: "")
                let (part, whole) = (scrape.values[name], scrape.values[count])
                #expect(try #require(part) <= #require(whole), "\(name)")
                if name.contains("le=\"+Inf\"") { #expect(part == whole) }
            }
            let resident = scrape.sum("image_gateway_process_resident_memory_bytes")
            #expect(resident > 1_000_000)
            let inUse = scrape.sum("image_gateway_process_allocated_memory_bytes")
            #expect((Self.leastInUse...resident).contains(inUse))
            #expect(scrape.sum("image_gateway_process_open_descriptors") > 3)
            #expect(scrape.sum("image_gateway_build_info", "version=\"\(Version.number)\"") == 1)
            _ = try await running.send("GET", running.origin + "/v1/images")
        }
        await running.gateway.gateway.drain()
    }

    @Test("Counters move with the requests, calls and connections they count")
    func counters() async throws {
        let running = try await Running(Self.good + Self.down)
        let before = try await running.metrics().scrape
        #expect(before.sum("image_gateway_requests_total") == 0)
        #expect(before.sum("image_gateway_upstream_walks_total") == 0)
        let url = running.origin + "/v1/images?limit=1&upstream=good"
        for (method, url) in [
            ("GET", url), ("GET", running.origin + "/v1/nothing"), ("DELETE", url),
        ] { _ = try await running.send(method, url) }
        _ = try await running.send("GET", running.origin + "/v1/images?upstream=down")
        let after = try await running.metrics().scrape
        let requests = "image_gateway_requests_total"
        #expect(after.sum(requests) == 4)
        #expect(after.sum(requests, "method=\"GET\"", "status=\"2xx\"", "\"cold\"") == 1)
        #expect(after.sum(requests, "method=\"other\"", "status=\"4xx\"") == 1)
        #expect(after.sum(requests, "status=\"5xx\"") == 1)
        #expect(after.sum("image_gateway_request_duration_seconds_count") == 4)
        #expect(after.sum("image_gateway_connections_accepted_total") >= 1)
        checkUpstreams(after)
        await running.gateway.gateway.drain()
        let drained = try PrometheusScrape(running.gateway.gateway.metricsText)
        #expect(drained.sum("image_gateway_connections_open") == 0)
    }

    private func checkUpstreams(_ scrape: PrometheusScrape) {
        let (good, down) = ("upstream=\"good\"", "upstream=\"down\"")
        #expect(scrape.sum("image_gateway_upstream_images", good) == 60)
        #expect(scrape.sum("image_gateway_upstream_up", good) == 1)
        #expect(scrape.sum("image_gateway_upstream_up", down) == 0)
        #expect(scrape.sum("image_gateway_upstream_walks_total", good) == 1)
        #expect(scrape.sum("image_gateway_upstream_walk_failures_total", good) == 0)
        #expect(scrape.sum("image_gateway_upstream_walk_failures_total", down) == 1)
        let calls = scrape.sum("image_gateway_upstream_calls_total", good)
        #expect(calls > 0)
        #expect(scrape.sum("image_gateway_upstream_call_duration_seconds_count", good) == calls)
        let sent = "image_gateway_upstream_requests_sent_total"
        #expect(scrape.sum(sent, good, "sending=\"first\"") == calls)
        #expect(scrape.sum(sent, good) == calls && scrape.sum(sent, down) == 0)
        #expect(scrape.sum("image_gateway_upstream_received_bytes_total", good) > 0)
        let failures = "image_gateway_upstream_call_failures_total"
        #expect(scrape.sum(failures, good) == 0)
        #expect(scrape.sum(failures, down, "reason=\"connection-failed\"") == 1)
        #expect(scrape.sum("image_gateway_upstream_breaker_state", good) == 1)
        #expect(scrape.sum("image_gateway_upstream_breaker_state", good, "\"closed\"") == 1)
    }

    @Test("A request that was sent again within its call counts, although the call was answered")
    func sentAgain() throws {
        let registry = MetricsRegistry()
        let metrics = UpstreamMetrics(registry) { .now }
        let observer = metrics.observer(upstream: "up")
        for sendCount in [1, 2, 0, 2] { observer(report(sendCount: sendCount)) }
        let scrape = try PrometheusScrape(text(registry))
        let sent = "image_gateway_upstream_requests_sent_total"
        #expect(scrape.sum(sent, "upstream=\"up\"", "sending=\"first\"") == 3)
        #expect(scrape.sum(sent, "upstream=\"up\"", "sending=\"again\"") == 2)
        metrics.replace([])
        #expect(!text(registry).contains(sent))
    }

    private func text(_ registry: MetricsRegistry) -> String {
        String(decoding: registry.render(), as: UTF8.self)
    }

    private func report(sendCount: Int) -> CurlCallReport {
        CurlCallReport(
            status: sendCount > 0 ? 200 : nil,
            failure: sendCount > 0 ? nil : .connectionFailed,
            sendCount: sendCount,
            sentBytes: 0,
            receivedBytes: 0,
            bodyBytes: 0,
            nameResolved: .zero,
            connected: .zero,
            secured: .zero,
            firstByte: .zero,
            total: .milliseconds(1),
            isConnectionReused: false,
            protocolVersion: .http11
        )
    }

    @Test("Finished bytes count as hits of the cache, each under a request id of its own")
    func hot() async throws {
        let running = try await Running(Self.good)
        var ids: Set<String> = []
        var count = 0
        // An answer is reused within its second: of many in a row most are hot.
        while try await running.metrics().scrape.sum("image_gateway_response_cache_hits_total") == 0
        {
            try #require(count < 200)
            for _ in 0..<10 {
                let answer = try await running.send("GET", running.origin + "/v1/images?limit=2")
                let id = answer.fields.first { $0.name.lowercased() == "x-request-id" }?.value
                #expect(id?.wholeMatch(of: /[0-9a-f]{16}-[0-9a-f]{12}/) != nil, "\(id ?? "")")
                ids.insert(id ?? "")
                count += 1
            }
        }
        #expect(ids.count == count)
        let scrape = try await running.metrics().scrape
        let hot = scrape.sum("image_gateway_requests_total", "temperature=\"hot\"")
        #expect(hot == scrape.sum("image_gateway_response_cache_hits_total"))
        await running.gateway.gateway.drain()
    }

    @Test("Answers are kept within what is configured, however many loops keep them")
    func bounds() async throws {
        let running = try await Running(
            Self.good,
            "loops: 4, cache: { response_bytes_max: \"256KiB\" }"
        )
        try await withThrowingTaskGroup { group in
            // Connections of their own; the kernel spreads them over the loops.
            for _ in 0..<8 {
                group.addTask { [origin = running.origin, transport = running.transport] in
                    for number in 0..<180 {
                        let question = "limit=8&min_ram_mb_max=\(1_000_000 + number / 3)"
                        _ = try await Running.send(
                            over: transport,
                            "GET",
                            "\(origin)/v1/images?\(question)"
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        let kept = try await running.metrics().scrape.sum("image_gateway_response_cache_bytes")
        // One loop's share at least, and four at most.
        #expect((56 << 10...256 << 10).contains(Int(kept)), "\(kept)")
        await running.gateway.gateway.drain()
    }

    @Test("A planted secret shows neither in the log at its lowest level nor in the metrics")
    func secrets() async throws {
        let running = try await Running(level: "trace", Self.good + Self.down + Self.refused)
        let secret = Self.planted
        for name in ["key", "TOKEN", "client_secret", "Password", "api_key", "access%5Ftoken"] {
            for path in ["/v1/images?limit=1&", "/v1/nothing?"] {
                _ = try await running.send("GET", "\(running.origin)\(path)\(name)=\(secret)")
            }
        }
        let fields = [
            UpstreamField("authorization", "Bearer \(secret)"), UpstreamField("cookie", secret),
        ]
        _ = try await running.send("GET", running.origin + "/v1/images", fields)
        _ = try await running.send("DELETE", running.origin + "/v1/last", fields)
        let last = try running.access.line(with: "/v1/last")
        let (scrape, text) = try await running.metrics()
        #expect(scrape.sum("image_gateway_upstream_walk_failures_total") >= 2)
        for emitted in [running.access.text, running.events.text, text] {
            #expect(!emitted.contains(secret) && !emitted.isEmpty, "\(emitted)")
        }
        try checkAccessLine(last)
        await running.gateway.gateway.drain()
    }

    @Test("A request that the server refuses itself has a line under the id that its answer tells")
    func refusedRequests() async throws {
        let running = try await Running(Self.good)
        let answer = try await running.send("GET", running.origin + "/v1/images?name=%zz")
        #expect(answer.status == 400)
        let id = try #require(answer.value(of: "x-request-id"))
        let line = try JSONValue(parsing: Array(try running.access.line(with: id).utf8))
        #expect(line["request_id"]?.stringValue == id)
        #expect(line["refused"]?.stringValue == "invalid-target")
        #expect(try JSONValue(parsing: answer.body)["request_id"]?.stringValue == id)
        await running.gateway.gateway.drain()
    }

    private func checkAccessLine(_ line: String) throws {
        let record = try JSONValue(parsing: Array(line.utf8))
        let names = record.objectValue?.map(\.key)
        #expect(
            names == [
                "time", "request_id", "client", "peer", "method", "target", "status", "bytes",
                "duration_us", "temperature",
            ]
        )
    }

    @Test("Events below log.level are not written; those at it end with what they tell")
    func levels() throws {
        let pipe = LogPipe()
        let log = try ProcessLog(events: pipe.writer, access: pipe.writer)
        log.follow(LogConfiguration(level: .warning))
        log.event("info", "listening on http://127.0.0.1:1")
        log.event("warning", "first")
        log.follow(LogConfiguration())
        log.event("debug", "hidden")
        log.event("info", "listening on http://127.0.0.1:2")
        let line = try pipe.line(with: "listening")
        #expect(line.hasSuffix(" info listening on http://127.0.0.1:2"))
        #expect(pipe.text.contains(" warning first\n") && !pipe.text.contains("hidden"))
    }

    @Test(
        "An upstream that a reload switches off has no list, no age and no failure in the metrics"
    )
    func switchedOff() async throws {
        let gateway = try TestGateway("upstreams: [\(Self.good)]")
        _ = await gateway.get("/v1/images")
        #expect(gateway.gateway.metricsText.contains("image_gateway_upstream_age_seconds{"))
        let good = Self.good.replacing("@sim", with: gateway.simulators.origin)
        let off = good.replacing("{ id:", with: "{ enabled: false, id:")
        _ = try gateway.gateway.replace(try TestGateway.load("{ upstreams: [\(off)] }"))
        let scrape = try PrometheusScrape(gateway.gateway.metricsText)
        for name in ["age_seconds", "images", "up", "walk_duration_seconds"] {
            let family = "image_gateway_upstream_\(name){"
            #expect(!scrape.values.keys.contains { $0.hasPrefix(family) }, "\(name)")
        }
        #expect(
            scrape.values.keys.contains("image_gateway_upstream_walks_total{upstream=\"good\"}")
        )
    }

    @Test("An error that comes under status 200 is a failed call, by what it means")
    func errorsUnder200() async throws {
        let stranger = Self.good.replacing("AKIDSIMULATOR", with: "AKIDSTRANGER")
        let gateway = try TestGateway("upstreams: [\(stranger)]")
        _ = await gateway.get("/v1/images")
        let scrape = try PrometheusScrape(gateway.gateway.metricsText)
        let failures = "image_gateway_upstream_call_failures_total"
        #expect(scrape.sum(failures, "reason=\"unauthorized\"") == 1)
        #expect(scrape.sum(failures) == scrape.sum("image_gateway_upstream_calls_total"))
    }

    @Test(
        "Failed calls count from 0 by every cause that a call can have, of many upstreams too"
    )
    func failuresFromZero() throws {
        let down = (0..<80).map { Self.down.replacing("\"down\"", with: "\"down-\($0)\"") }
        let gateway = try TestGateway("upstreams: [\(Self.good)\(down.joined())]")
        let scrape = try PrometheusScrape(gateway.gateway.metricsText)
        let name = "image_gateway_upstream_call_failures_total"
        let others: Set<UpstreamError.Code> = [
            .cancelled, .circuitOpen, .stillLoading, .notCached, .tooManyImages, .rowsUnreadable,
        ]
        let reasons = UpstreamError.Code.allCases.filter { !others.contains($0) }
        for id in ["good", "down-0", "down-79"] {
            let label = "upstream=\"\(id)\""
            let series = scrape.values.filter {
                $0.key.hasPrefix("\(name){") && $0.key.contains(label)
            }
            let expected = reasons.map { "\(name){\(label),reason=\"\($0.rawValue)\"}" }
            #expect(Set(series.keys) == Set(expected))
            #expect(series.values.allSatisfy { $0 == 0 })
        }
        #expect(scrape.values.keys.count { $0.hasPrefix("\(name){") } == 81 * reasons.count)
    }

    @Test("An upstream that a reload removes leaves the metrics")
    func removal() async throws {
        let gateway = try TestGateway("upstreams: [\(Self.good)\(Self.down)]")
        _ = await gateway.get("/v1/images")
        #expect(gateway.gateway.metricsText.contains("\"down\""))
        let text =
            "{ upstreams: [\(Self.good.replacing("@sim", with: gateway.simulators.origin))] }"
        _ = try gateway.gateway.replace(try TestGateway.load(text))
        let scrape = try PrometheusScrape(gateway.gateway.metricsText)
        #expect(!scrape.values.keys.contains { $0.contains("\"down\"") })
        #expect(scrape.sum("image_gateway_upstream_images", "\"good\"") == 60)
    }
}
