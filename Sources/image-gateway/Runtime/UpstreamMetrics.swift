internal import CurlClient
internal import Federation
internal import MonotonicTime
internal import Observability
internal import Synchronization
internal import Upstreams

/// What is counted of the upstreams: each call as it ends, the rest read from the nodes when it is asked for.
final class UpstreamMetrics: Sendable {
    private let callDurations: MetricFamily<Histogram>
    private let callFailures: MetricFamily<Counter>
    private let sentRequests: MetricFamily<Counter>
    private let receivedBytes: MetricFamily<Counter>
    private let nodes = Mutex<[UpstreamNode]>([])
    private let now: @Sendable () -> MonotonicClock.Instant

    private static let callBounds: [Duration] = [
        .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50),
        .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1),
        .milliseconds(2_500), .seconds(5), .seconds(10), .seconds(30), .seconds(60),
    ]

    /// What a call can fail with. The others are said of lists, of calls that were not made, and of those that nobody
    /// waits for any more.
    private static let callReasons = UpstreamError.Code.allCases.filter { code in
        switch code {
        case .cancelled, .circuitOpen, .stillLoading, .notCached, .tooManyImages, .rowsUnreadable:
            false
        default: true
        }
    }
    private static let upstreamCountMax = 1_000

    init(_ registry: MetricsRegistry, now: @escaping @Sendable () -> MonotonicClock.Instant) {
        self.now = now
        callDurations = registry.histogram(
            "image_gateway_upstream_call_duration_seconds",
            "Time of one call, whatever came of it.",
            labels: ["upstream"],
            bounds: Self.callBounds,
            childCountMax: Self.upstreamCountMax
        )
        callFailures = registry.counter(
            "image_gateway_upstream_call_failures_total",
            "Calls that brought nothing usable, by cause: no answer, an unreadable one, or a provider's error.",
            labels: ["upstream", "reason"],
            childCountMax: Self.upstreamCountMax * Self.callReasons.count
        )
        sentRequests = registry.counter(
            "image_gateway_upstream_requests_sent_total",
            "Requests that went out, retries and hedges too; again: lost on a kept connection and sent once more.",
            labels: ["upstream", "sending"],
            childCountMax: Self.upstreamCountMax * 2
        )
        receivedBytes = registry.counter(
            "image_gateway_upstream_received_bytes_total",
            "Bytes of answers as they came over the wire.",
            labels: ["upstream"]
        )
    }

    /// Takes over who is asked. What was counted of others is forgotten.
    func replace(_ nodes: [UpstreamNode]) {
        self.nodes.withLock { $0 = nodes }
        let ids = Set(nodes.map(\.id))
        callDurations.remove { !ids.contains($0[0]) }
        callFailures.remove { !ids.contains($0[0]) }
        sentRequests.remove { !ids.contains($0[0]) }
        receivedBytes.remove { !ids.contains($0[0]) }
    }

    /// Counts the calls of one upstream, and the requests that they took: one that is lost on a kept connection goes out
    /// once more within its call.
    func observer(upstream id: String) -> @Sendable (CurlCallReport) -> Void {
        let duration = callDurations.with(id)
        let (first, again) = (sentRequests.with(id, "first"), sentRequests.with(id, "again"))
        let bytes = receivedBytes.with(id)
        return { report in
            duration.observe(report.total)
            first.add(min(1, report.sendCount))
            again.add(max(0, report.sendCount - 1))
            bytes.add(max(0, report.receivedBytes))
        }
    }

    /// Counts the calls of one upstream that failed. A call that was ended because nobody wants its answer did not.
    /// Each cause counts from 0: a series that begins with its first failure would hide that one from rates.
    func failureCounter(upstream id: String) -> @Sendable (UpstreamError.Code) -> Void {
        let failures = callFailures
        for reason in Self.callReasons { _ = failures.with(id, reason.rawValue) }
        return { code in
            if code != .cancelled { failures.with(id, code.rawValue).add() }
        }
    }

    // MARK: Reading

    /// One sample of every upstream's settings.
    func settings(_ read: (UpstreamNode) -> Double) -> [MetricSample] {
        nodes.withLock { $0 }.map { MetricSample(read($0), $0.id) }
    }

    /// Samples of every upstream; `read` yields those of one, without its name.
    func samples(
        _ read: (UpstreamNode.Status) -> [(labels: [String], value: Double)]
    ) -> [MetricSample] {
        let now = now()
        return nodes.withLock { $0 }.flatMap { node in
            read(node.status(now: now)).map { row in
                var sample = MetricSample(row.value, node.id)
                sample.values += row.labels
                return sample
            }
        }
    }
}
