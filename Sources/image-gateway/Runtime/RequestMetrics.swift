internal import GatewayAPI
internal import Observability

/// Counts the answers of one loop.
///
/// Ownership: one instance per responder, touched on its loop alone; its counters are parts of their own, so
/// that loops share no memory. A part is made when it is first needed: most combinations never occur.
final class RequestMetrics: @unchecked Sendable {
    // Invariant: touched on the loop's own thread only, as `RequestObserver` says.
    @exclusivity(unchecked) private var counters = [Counter?](
        repeating: nil,
        count: RequestMetrics.methods.count * RequestMetrics.statusClasses.count
            * Temperature.allCases.count * Route.allCases.count
    )
    @exclusivity(unchecked) private var durations = [Histogram?](
        repeating: nil,
        count: Temperature.allCases.count
    )
    private let cacheHits: Counter
    private let cachedAnswers: Gauge
    private let cachedBytes: Gauge
    private let families: Families

    /// Shared by the loops; asked only for new parts.
    struct Families: Sendable {
        let requests: MetricFamily<Counter>
        let durations: MetricFamily<Histogram>
        let cacheHits: MetricFamily<Counter>
        let cachedAnswers: MetricFamily<Gauge>
        let cachedBytes: MetricFamily<Gauge>
        let problems: MetricFamily<Counter>
    }

    /// What a method may be called in a label.
    private static let methods = ["GET", "HEAD", "OPTIONS", "POST", "other"]
    private static let statusClasses = ["1xx", "2xx", "3xx", "4xx", "5xx"]

    init(_ families: Families) {
        self.families = families
        cacheHits = families.cacheHits.part()
        cachedAnswers = families.cachedAnswers.part()
        cachedBytes = families.cachedBytes.part()
    }

    func answered(_ record: borrowing RequestRecord) {
        let temperature = record.temperature
        count(record.route, method(record.method), statusClass(record.status), temperature)
        observe(record.duration, temperature)
        if temperature == .hot { cacheHits.addAlone() }
        if let problem = record.problem { count(problem) }
    }

    // Not inlined, as all that is rare here: it needs more room on the stack than the rest.
    @inline(never)
    private func count(_ problem: String) {
        families.problems.with(problem).add()
    }

    func cached(answerCount: Int, byteCount: Int) {
        cachedAnswers.set(answerCount)
        cachedBytes.set(byteCount)
    }

    private func count(
        _ route: Route,
        _ method: Int,
        _ status: Int,
        _ temperature: Temperature
    ) {
        let line = route.index * Self.methods.count + method
        let row = line * Self.statusClasses.count + status
        let index = row * Temperature.allCases.count + temperature.index
        // What is made stays, so that no reference is counted.
        guard let counter = counters[index].map(Unmanaged.passUnretained) else {
            return begin(index, route, method, status, temperature)
        }
        counter._withUnsafeGuaranteedRef { $0.addAlone() }
    }

    @inline(never)
    private func begin(
        _ index: Int,
        _ route: Route,
        _ method: Int,
        _ status: Int,
        _ temperature: Temperature
    ) {
        let counter = families.requests.part(
            route.rawValue,
            Self.methods[method],
            Self.statusClasses[status],
            temperature.rawValue
        )
        counters[index] = counter
        counter.addAlone()
    }

    private func observe(_ duration: Duration, _ temperature: Temperature) {
        let index = temperature.index
        // As above.
        guard let histogram = durations[index].map(Unmanaged.passUnretained) else {
            let histogram = families.durations.part(temperature.rawValue)
            durations[index] = histogram
            return histogram.observeAlone(duration)
        }
        histogram._withUnsafeGuaranteedRef { $0.observeAlone(duration) }
    }

    /// Index into `methods`.
    private func method(_ method: RequestMethod) -> Int {
        switch method {
        case .get: 0
        case .head: 1
        case .options: 2
        case .post: 3
        case .put, .delete, .patch, .trace, .connect, .other: 4
        }
    }

    /// Index into `statusClasses`.
    private func statusClass(_ status: Int) -> Int {
        min(max(status / 100 - 1, 0), Self.statusClasses.count - 1)
    }
}

extension RequestMetrics.Families {
    init(_ registry: MetricsRegistry) {
        requests = registry.counter(
            "image_gateway_requests_total",
            "Answers on the public port; callers who left before theirs (499 in the log) are among 4xx.",
            labels: ["route", "method", "status", "temperature"]
        )
        durations = registry.histogram(
            "image_gateway_request_duration_seconds",
            "From the complete request to the finished answer, by how warm the answer was.",
            labels: ["temperature"],
            bounds: Self.durationBounds
        )
        cacheHits = registry.counter(
            "image_gateway_response_cache_hits_total",
            "Answers sent as finished bytes."
        )
        cachedAnswers = registry.gauge(
            "image_gateway_response_cache_entries",
            "Finished answers kept, as of the last change of each loop's cache."
        )
        cachedBytes = registry.gauge(
            "image_gateway_response_cache_bytes",
            "Bytes of the finished answers kept, as of the last change of each loop's cache."
        )
        // Their slugs are ours, a few dozen.
        problems = registry.counter(
            "image_gateway_problems_total",
            "Answers that are a problem, by the last part of its type.",
            labels: ["problem"],
            childCountMax: 100
        )
    }

    /// Hot answers take microseconds, cold ones as long as an upstream.
    private static let durationBounds: [Duration] = [
        .microseconds(10), .microseconds(25), .microseconds(50), .microseconds(100),
        .microseconds(250), .microseconds(500), .milliseconds(1), .microseconds(2_500),
        .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50),
        .milliseconds(100), .milliseconds(250), .milliseconds(500), .seconds(1),
        .milliseconds(2_500), .seconds(5), .seconds(10), .seconds(30),
    ]
}

extension Temperature {
    fileprivate var index: Int {
        switch self {
        case .hot: 0
        case .warm: 1
        case .cold: 2
        case .none: 3
        }
    }
}
