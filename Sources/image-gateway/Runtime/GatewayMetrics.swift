internal import CBuildInfo
internal import CSystem
internal import HTTPServing
internal import ImageModel
internal import Observability
internal import Upstreams

/// Everything the gateway counts, in one registry; made once by `Gateway`.
struct GatewayMetrics: Sendable {
    let requests: RequestMetrics.Families
    let upstreams: UpstreamMetrics
    let serving: ServingMetrics
    let adminRequests: MetricFamily<Counter>
    private let registry = MetricsRegistry()

    init(log: ProcessLog, timekeeper: any Timekeeper, exporter: TraceExporter) {
        requests = RequestMetrics.Families(registry)
        upstreams = UpstreamMetrics(registry) { timekeeper.now }
        upstreams.declare(in: registry)
        serving = ServingMetrics(registry, log: log)
        adminRequests = registry.counter(
            "image_gateway_admin_requests_total",
            "Answers on the admin port, the probes apart; 401: without its key or with a wrong one.",
            labels: ["action", "status"],
            childCountMax: 100
        )
        registry.collected(
            .counter,
            "image_gateway_trace_spans_total",
            "Spans by what became of them: taken by the collector, refused by it or lost on the way, or dropped because too many waited.",
            labels: ["outcome"]
        ) {
            exporter.counts.map { MetricSample(Double($0.count), $0.outcome) }
        }
        declareProcess(started: timekeeper.date.seconds)
        registry.collected(
            .counter,
            "image_gateway_log_lines_dropped_total",
            "Log lines that could not be written as fast as they came."
        ) { [MetricSample(Double(log.droppedLineCount))] }
    }

    /// Declares when the certificate ends that is served; left out where there is none.
    func declareCertificate(_ validity: @escaping @Sendable () -> CertificateValidity?) {
        registry.collected(
            .gauge,
            "image_gateway_certificate_not_after_seconds",
            "End of the served certificate since 1970-01-01T00:00:00Z."
        ) { validity().map { [MetricSample(Double($0.end))] } ?? [] }
    }

    /// Declares what the state directory counts.
    func declare(_ counts: StateStore.Counts) {
        let families: [(String, String, Counter)] = [
            ("writes_total", "Lists that were written, renewed or removed.", counts.writes),
            ("written_bytes_total", "Bytes of lists that were written.", counts.writtenBytes),
            (
                "write_failures_total", "Lists that could not be written or removed.",
                counts.failures
            ),
            ("rejected_total", "Files that were not what was written.", counts.rejected),
            ("restored_total", "Lists that were read at the start.", counts.restored),
        ]
        for (name, help, counter) in families {
            registry.collected(.counter, "image_gateway_state_\(name)", help) {
                [MetricSample(Double(counter.value))]
            }
        }
    }

    /// Prometheus' text format.
    var text: String { String(decoding: registry.render(), as: UTF8.self) }

    var names: Set<String> { registry.names }

    private func declareProcess(started: Int64) {
        let commit = String(cString: build_info_commit())
        registry.collected(
            .gauge,
            "image_gateway_build_info",
            "1; the build stands in the labels.",
            labels: ["version", "commit"]
        ) { [MetricSample(1, Version.number, commit)] }
        registry.gauge(
            "image_gateway_process_start_time_seconds",
            "Start of the process since 1970-01-01T00:00:00Z."
        ) { Double(started) }
        registry.collected(
            .counter,
            "image_gateway_process_cpu_seconds_total",
            "User and system time of all threads."
        ) { [MetricSample(ProcessFacts.processorTime / .seconds(1))] }
        gauge("resident_memory_bytes", "Memory that the process occupies.") {
            ProcessFacts.residentBytes
        }
        gauge("allocated_memory_bytes", "Memory in use; the rest is kept for later or is program.")
        {
            csystem_allocated_bytes()
        }
        gauge("open_descriptors", "Open descriptors.") { ProcessFacts.openDescriptorCount }
        gauge("descriptors_max", "Bound on open descriptors.") { ProcessFacts.descriptorCountMax }
    }

    /// Left out where the kernel does not say.
    private func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Int?) {
        registry.collected(.gauge, "image_gateway_process_\(name)", help) {
            read().map { [MetricSample(Double($0))] } ?? []
        }
    }
}
