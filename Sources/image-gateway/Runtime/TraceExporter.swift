internal import Configuration
internal import CurlClient
internal import EventLoops
internal import JSONText
internal import MonotonicTime
internal import Observability
internal import Synchronization
internal import Upstreams

/// Sends recorded spans to the collector: in batches, one call at a time, a moment after the first span came.
/// Nobody waits for it; while the collector is away spans gather up to the queue's bound and are then dropped.
final class TraceExporter: Sendable {
    private let tracer: Tracer
    private let transport: CurlTransport
    private let loop: EventLoop
    private let log: ProcessLog
    private let instance: UInt64
    private let state = Mutex(State())

    private struct State {
        var configuration: TracingConfiguration?
        /// Whether an export is due or under way.
        var isActive = false
        var isFinishing = false
        /// Batches on their way.
        var sendingCount = 0
        var exported = 0
        var failed = 0
        /// Said once until an export succeeds again.
        var hasComplained = false
    }

    /// How long the first span waits for others.
    private static let delay = Duration.seconds(1)
    /// Spans of one call.
    private static let batchMax = 512
    private static let callTimeout = Duration.seconds(10)
    /// How long a draining gateway waits for the collector.
    private static let finishTimeout = Duration.seconds(5)
    /// How often it looks whether a batch has arrived.
    private static let finishPause = Duration.milliseconds(10)
    /// Calls for one batch, and the pause before the second; it doubles.
    private static let attemptsMax = 3
    private static let pause = Duration.seconds(1)
    /// A `Retry-After` beyond this is not obeyed.
    private static let retryAfterMax = Duration.seconds(30)
    private static let answerBytesMax = 1 << 20

    init(
        tracer: Tracer,
        transport: CurlTransport,
        loop: EventLoop,
        log: ProcessLog,
        instance: UInt64
    ) {
        self.tracer = tracer
        self.transport = transport
        self.loop = loop
        self.log = log
        self.instance = instance
        tracer.queue.whenFirstArrives { [weak self] in self?.activate() }
    }

    /// Where traces go from now on.
    func follow(_ configuration: TracingConfiguration?) {
        state.withLock { $0.configuration = configuration }
        tracer.setRatio(configuration?.sampleRatio)
    }

    /// By outcome; since the start.
    var counts: [(outcome: String, count: Int)] {
        let (exported, failed) = state.withLock { ($0.exported, $0.failed) }
        let dropped = tracer.queue.droppedCount
        return [("exported", exported), ("failed", failed), ("dropped", dropped)]
    }

    /// Makes no more spans and sends what is left, within a bound.
    func finish() async {
        tracer.setRatio(nil)
        state.withLock { $0.isFinishing = true }
        let limit = MonotonicClock.now + Self.finishTimeout
        while MonotonicClock.now < limit {
            if tracer.queue.count > 0 {
                await sendBatch(until: limit)
            } else if state.withLock({ $0.sendingCount > 0 }) {
                try? await loop.sleep(until: .now + Self.finishPause)
            } else {
                return
            }
        }
    }

    // MARK: Sending

    private func activate() {
        let isNew = state.withLock { state in
            guard !state.isActive, !state.isFinishing else { return false }
            state.isActive = true
            return true
        }
        guard isNew else { return }
        Task(executorPreference: loop) {
            try? await self.loop.sleep(until: .now + Self.delay)
            await self.sendAll()
        }
    }

    private func sendAll() async {
        repeat {
            while tracer.queue.count > 0, !state.withLock({ $0.isFinishing }) {
                await sendBatch(until: nil)
            }
            state.withLock { $0.isActive = false }
            // One may have come between the last look and the line above.
        } while tracer.queue.count > 0 && reactivate()
    }

    private func reactivate() -> Bool {
        state.withLock { state in
            guard !state.isActive, !state.isFinishing else { return false }
            state.isActive = true
            return true
        }
    }

    /// Once it finishes there is one attempt within `limit`, before several.
    private func sendBatch(until limit: MonotonicClock.Instant?) async {
        state.withLock { $0.sendingCount += 1 }
        defer { state.withLock { $0.sendingCount -= 1 } }
        let spans = tracer.queue.take(Self.batchMax)
        guard let configuration = state.withLock({ $0.configuration }), !spans.isEmpty else {
            return settle(spans.count, rejected: spans.count, complaint: nil)
        }
        let body = encoder(configuration).body(spans)
        var pause = Self.pause
        for attempt in 1...Self.attemptsMax {
            let deadline = MonotonicClock.now + Self.callTimeout
            let outcome = await send(body, configuration, until: min(deadline, limit ?? deadline))
            switch outcome {
            case .taken(let rejected):
                return settle(spans.count, rejected: rejected, complaint: nil)
            case .again(let after, let reason):
                if attempt == Self.attemptsMax || state.withLock({ $0.isFinishing }) {
                    return settle(spans.count, rejected: spans.count, complaint: reason)
                }
                try? await loop.sleep(until: .now + max(pause, after))
                pause *= 2
            case .refused(let reason):
                return settle(spans.count, rejected: spans.count, complaint: reason)
            }
        }
    }

    private enum Outcome {
        /// How many spans of the batch the collector did not want.
        case taken(rejected: Int)
        case again(after: Duration, String)
        case refused(String)
    }

    /// What to do again is the protocol's: 429, 502, 503, 504 and no answer at all.
    /// Source: https://opentelemetry.io/docs/specs/otlp/ "OTLP/HTTP Response", "Failures" (1.7).
    private func send(
        _ body: [UInt8],
        _ configuration: TracingConfiguration,
        until deadline: MonotonicClock.Instant
    ) async -> Outcome {
        var fields = [UpstreamField("Content-Type", "application/json")]
        fields += configuration.headers.map { UpstreamField($0.name, $0.value.revealed) }
        do throws(UpstreamError) {
            let response = try await transport.send(
                UpstreamRequest(
                    method: "POST",
                    url: configuration.endpoint,
                    fields: fields,
                    body: body
                ),
                policy: TransportPolicy(
                    bodyBytesMax: Self.answerBytesMax,
                    authorities: configuration.authorities
                ),
                deadline: deadline
            )
            return Self.outcome(of: response)
        } catch {
            return .again(after: .zero, error.message)
        }
    }

    private static func outcome(of response: UpstreamResponse) -> Outcome {
        switch response.status {
        case 200..<300: return .taken(rejected: rejectedCount(response.body))
        case 429, 502, 503, 504:
            let asked = response.value(of: "retry-after").flatMap { Int($0) } ?? 0
            let after = min(.seconds(max(0, asked)), retryAfterMax)
            return .again(after: after, "it answers \(response.status)")
        default: return .refused("it answers \(response.status)")
        }
    }

    /// `{"partialSuccess":{"rejectedSpans":"3"}}`; a 64-bit number, so a string, though some write a number.
    private static func rejectedCount(_ body: [UInt8]) -> Int {
        guard let count = (try? JSONValue(parsing: body))?["partialSuccess"]?["rejectedSpans"]
        else {
            return 0
        }
        switch count {
        case .string(let text), .number(let text): return max(0, Int(text) ?? 0)
        default: return 0
        }
    }

    private func settle(_ count: Int, rejected: Int, complaint: String?) {
        let isNews = state.withLock { state in
            let lost = min(rejected, count)
            state.exported += count - lost
            state.failed += lost
            let isNews = complaint != nil && !state.hasComplained
            state.hasComplained = complaint != nil
            return isNews
        }
        guard isNews, let complaint else { return }
        log.event(.warning, "the trace collector does not take spans: \(complaint)")
    }

    private func encoder(_ configuration: TracingConfiguration) -> OTLPTraces {
        OTLPTraces(
            resource: [
                TraceSpan.Attribute("service.name", .text(configuration.serviceName)),
                TraceSpan.Attribute("service.version", .text(Version.number)),
                TraceSpan.Attribute("service.instance.id", .text(String(instance, radix: 16))),
            ],
            scope: "image-gateway",
            scopeVersion: Version.number
        )
    }
}
