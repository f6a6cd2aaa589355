import ImageModel
import MonotonicTime
import Observability
import Synchronization
import TestKit
import Testing
import Upstreams

@Suite struct TracedTransportTests {
    private struct Time: Timekeeper {
        let time = ManualTime()
        var now: MonotonicClock.Instant { time.now }
        var date: Timestamp { Timestamp(seconds: 1_800_000_000) }
        func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
            await time.sleep(until: deadline)
        }
        func call(
            at deadline: MonotonicClock.Instant,
            _ action: @escaping @Sendable () -> Void
        ) -> @Sendable () -> Void { {} }
    }

    private final class Recorder: UpstreamTransport {
        let requests = Mutex<[UpstreamRequest]>([])
        let hedges = Mutex<[MonotonicClock.Instant?]>([])
        let outcome: Result<UpstreamResponse, UpstreamError>
        let time: ManualTime

        init(_ outcome: Result<UpstreamResponse, UpstreamError>, _ time: ManualTime) {
            self.outcome = outcome
            self.time = time
        }

        func send(
            _ request: UpstreamRequest,
            policy: TransportPolicy,
            deadline: MonotonicClock.Instant,
            hedge: Hedge?
        ) async throws(UpstreamError) -> UpstreamResponse {
            hedges.withLock { $0.append(hedge?.at) }
            requests.withLock { $0.append(request) }
            time.advance(by: .milliseconds(7))
            return try outcome.get()
        }
    }

    private let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private let request = UpstreamRequest(
        url: "https://ims.example:8443/v2/images?Signature=SECRET",
        fields: [UpstreamField("Authorization", "SECRET")]
    )

    /// One call within a trace; what went out and the span it left.
    private func call(
        _ outcome: Result<UpstreamResponse, UpstreamError>,
        isOn: Bool = true
    ) async throws -> (sent: UpstreamRequest, span: TraceSpan?, trace: ActiveTrace) {
        let time = Time()
        let base = Recorder(outcome, time.time)
        let transport = TracedTransport(
            base,
            timekeeper: time,
            upstream: "hw",
            provider: "huawei-ims"
        )
        let tracer = Tracer(seed: 3)
        if isOn { tracer.setRatio(0) }
        let trace = try #require(tracer.begin(traceparent: parent, state: ["k=v"]))
        await ActiveTrace.$current.withValue(trace) {
            _ = try? await transport.send(request, policy: TransportPolicy(), deadline: .now)
        }
        return (base.requests.withLock { $0[0] }, tracer.queue.take(10).first, trace)
    }

    private func value(_ name: String, _ span: TraceSpan?) -> TraceSpan.Value? {
        span?.attributes.first { $0.name == name }?.value
    }

    @Test("Outside a trace the request goes out as it is")
    func untraced() async throws {
        let time = Time()
        let base = Recorder(.success(UpstreamResponse(status: 200)), time.time)
        let transport = TracedTransport(base, timekeeper: time, upstream: "a", provider: "gmi")
        _ = try await transport.send(request, policy: TransportPolicy(), deadline: .now)
        #expect(base.requests.withLock { $0 } == [request])
    }

    private final class NoAttempt: SecondAttempt {
        func request() -> UpstreamRequest? { nil }
        func won() {}
    }

    @Test("A second attempt that may be made is passed on, traced or not")
    func hedged() async throws {
        let time = Time()
        let base = Recorder(.success(UpstreamResponse(status: 200)), time.time)
        let transport = TracedTransport(base, timekeeper: time, upstream: "a", provider: "gmi")
        let hedge = Hedge(at: time.now, NoAttempt())
        func send() async throws {
            let policy = TransportPolicy()
            _ = try await transport.send(request, policy: policy, deadline: .now, hedge: hedge)
        }
        try await send()
        let tracer = Tracer(seed: 3)
        tracer.setRatio(0)
        let trace = try #require(tracer.begin(traceparent: parent, state: []))
        try await ActiveTrace.$current.withValue(trace) { try await send() }
        #expect(base.requests.withLock { $0.count } == 2)
        #expect(base.hedges.withLock { $0 } == [hedge.at, hedge.at])
    }

    @Test("Within a trace it carries a new span's id, and that span is recorded")
    func traced() async throws {
        let (sent, span, trace) = try await call(.success(UpstreamResponse(status: 200)))
        let recorded = try #require(span)
        #expect(sent.fields.prefix(1) == request.fields[...])
        #expect(sent.fields.contains(UpstreamField("traceparent", recorded.context.traceparent)))
        #expect(sent.fields.contains(UpstreamField("tracestate", "k=v")))
        #expect(recorded.parentID == trace.context.spanID)
        #expect(recorded.name == "GET" && recorded.kind == .client && recorded.error == nil)
        #expect(recorded.duration == .milliseconds(7))
        #expect(recorded.start == 1_800_000_000_000_000)
        #expect(value("server.address", span) == .text("ims.example"))
        #expect(value("server.port", span) == .integer(8443))
        #expect(value("url.full", span) == .text("https://ims.example:8443/v2/images"))
        #expect(value("http.response.status_code", span) == .integer(200))
        #expect(value("image_gateway.upstream", span) == .text("hw"))
        #expect(!"\(recorded)".contains("SECRET"))
    }

    @Test("Refusals and absent answers are failures by name")
    func failures() async throws {
        let refused = try await call(.success(UpstreamResponse(status: 403))).span
        #expect(refused?.error == "403" && value("error.type", refused) == .text("403"))
        let failure = UpstreamError(.connectionFailed, "no way there", isRetryable: true)
        let lost = try await call(.failure(failure)).span
        #expect(lost?.error == "connection-failed")
        #expect(value("http.response.status_code", lost) == nil)
    }

    @Test("With tracing off the caller's trace is passed on and nothing recorded")
    func passing() async throws {
        let (sent, span, trace) = try await call(
            .success(UpstreamResponse(status: 200)),
            isOn: false
        )
        let field = sent.fields.first { $0.name == "traceparent" }
        #expect(field?.value.contains(trace.context.traceID.description) == true)
        #expect(span == nil)
    }
}
