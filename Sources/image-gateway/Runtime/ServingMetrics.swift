internal import EventLoops
internal import HTTPServing
internal import HTTPWire
internal import Observability

/// What the public port's server tells of itself, counted and, where it matters, logged. Connections come
/// and go rarely enough for counters that the loops share.
struct ServingMetrics: ServerEvents {
    private let log: ProcessLog
    private let accepted: Counter
    private let closed: Counter
    private let displaced: Counter
    private let refusals: [RequestRefusal.Reason: Counter]
    private let abortedAnswers: Counter
    private let failedHandshakes: Counter
    private let acceptPauses: Counter

    init(_ registry: MetricsRegistry, log: ProcessLog) {
        self.log = log
        let (accepted, closed) = (Counter(), Counter())
        (self.accepted, self.closed) = (accepted, closed)
        registry.collected(
            .counter,
            "image_gateway_connections_accepted_total",
            "Connections that were accepted and not refused."
        ) { [MetricSample(Double(accepted.value))] }
        registry.gauge("image_gateway_connections_open", "Connections now.") {
            // The two are read one after the other, and loops go on meanwhile.
            let closedCount = Double(closed.value)
            return max(0, Double(accepted.value) - closedCount)
        }
        displaced = registry.counter(
            "image_gateway_connections_displaced_total",
            "Silent connections that made room for others at limits.connections_max."
        ).with()
        refusals = Self.refusals(registry)
        abortedAnswers = registry.counter(
            "image_gateway_answers_aborted_total",
            "Answers that were not taken to their end, or not in time."
        ).with()
        failedHandshakes = registry.counter(
            "image_gateway_tls_handshake_failures_total",
            "Connections that did not get past the TLS handshake."
        ).with()
        acceptPauses = registry.counter(
            "image_gateway_accept_pauses_total",
            "Times that descriptors ran out."
        ).with()
    }

    private static func refusals(_ registry: MetricsRegistry) -> [RequestRefusal.Reason: Counter] {
        let connections = registry.counter(
            "image_gateway_connections_refused_total",
            "Connections beyond limits.connections_max while requests were under way on all."
        ).with()
        let requests = registry.counter(
            "image_gateway_requests_refused_total",
            "Requests that the server refused before anybody read them.",
            labels: ["reason"]
        )
        var counters: [RequestRefusal.Reason: Counter] = [:]
        for reason in RequestRefusal.Reason.allCases where reason != .tooManyConnections {
            counters[reason] = requests.with(reason.rawValue)
        }
        counters[.tooManyConnections] = connections
        return counters
    }

    func connectionOpened() {
        accepted.add()
    }

    func connectionClosed() {
        closed.add()
    }

    func connectionDisplaced(peer: HTTPPeer) {
        displaced.add()
        log.event(.debug, "\(peer.address) was silent longest and made room")
    }

    func refused(_ refusal: RequestRefusal, peer: HTTPPeer) {
        refusals[refusal.reason]?.add()
        log.event(.debug, "refused \(peer.address): \(refusal.shortDescription)")
    }

    func answerAborted(peer: HTTPPeer) {
        abortedAnswers.add()
        log.event(.debug, "\(peer.address) did not take its answer")
    }

    func handshakeFailed(_ reason: String, peer: HTTPPeer) {
        failedHandshakes.add()
        log.event(.debug, "TLS handshake with \(peer.address) failed: \(reason)")
    }

    func acceptPaused(_ error: SystemError) {
        acceptPauses.add()
        log.event(.error, "no new connections for a moment: \(error)")
    }

    func acceptResumed() {
        log.event(.info, "new connections are accepted again")
    }
}
