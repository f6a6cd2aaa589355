import Synchronization

/// All metrics of the process, and their text for Prometheus. Made once by the composition root; families are
/// declared at start, their metrics kept by whoever counts.
public final class MetricsRegistry: Sendable {
    /// What `render` answers: Prometheus' text exposition format.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[String: @Sendable (inout PrometheusText) -> Void]>([:])

    public init() {}

    /// `name` ends with `_total` by convention.
    public func counter(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        childCountMax: Int = 1_000,
    ) -> MetricFamily<Counter> {
        let family = MetricFamily(
            name: name,
            help: help,
            labels: labels,
            childCountMax: childCountMax,
            make: { Counter() }
        )
        add(name) { $0.append(family) }
        return family
    }

    public func gauge(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        childCountMax: Int = 1_000,
    ) -> MetricFamily<Gauge> {
        let family = MetricFamily(
            name: name,
            help: help,
            labels: labels,
            childCountMax: childCountMax,
            make: { Gauge() }
        )
        add(name) { $0.append(family) }
        return family
    }

    /// A gauge that is read when it is asked for.
    public func gauge(_ name: String, _ help: String, read: @escaping @Sendable () -> Double) {
        collected(.gauge, name, help) { [MetricSample(read())] }
    }

    /// A family that lives elsewhere and is read when it is asked for. At most `sampleCountMax` samples are
    /// taken; their values stand in the order of `labels`.
    public func collected(
        _ kind: CollectedKind,
        _ name: String,
        _ help: String,
        labels: [String] = [],
        sampleCountMax: Int = 1_000,
        read: @escaping @Sendable () -> [MetricSample],
    ) {
        MetricName.check(name, labels: labels)
        add(name) {
            let samples = read().prefix(sampleCountMax)
            $0.append(name, help, type: kind.rawValue, labels, Array(samples))
        }
    }

    public enum CollectedKind: String, Sendable, Hashable {
        /// Only grows, but for restarts of what is counted.
        case counter
        case gauge
    }

    /// Seconds; `name` ends with `_seconds` by convention.
    public func histogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        bounds: [Duration] = Histogram.latencyBounds,
        childCountMax: Int = 200,
    ) -> MetricFamily<Histogram> {
        histogram(name, help, labels, childCountMax) { Histogram(bounds: bounds) }
    }

    /// Plain numbers such as bytes.
    public func histogram(
        _ name: String,
        _ help: String,
        labels: [String] = [],
        bounds: [Int],
        childCountMax: Int = 200,
    ) -> MetricFamily<Histogram> {
        histogram(name, help, labels, childCountMax) { Histogram(bounds: bounds) }
    }

    /// What is declared, whether or not there is anything to show of it yet.
    public var names: Set<String> { families.withLock { Set($0.keys) } }

    /// Every family, by name.
    public func render() -> [UInt8] {
        let renderers = families.withLock { $0.sorted { $0.key < $1.key } }
        var text = PrometheusText()
        for (_, render) in renderers { render(&text) }
        return text.bytes
    }

    private func histogram(
        _ name: String,
        _ help: String,
        _ labels: [String],
        _ childCountMax: Int,
        _ make: @escaping @Sendable () -> Histogram,
    ) -> MetricFamily<Histogram> {
        precondition(!labels.contains("le"), "\(name) may not use the buckets' own label")
        let family = MetricFamily(
            name: name,
            help: help,
            labels: labels,
            childCountMax: childCountMax,
            make: make
        )
        add(name) { $0.append(family) }
        return family
    }

    private func add(_ name: String, _ render: @escaping @Sendable (inout PrometheusText) -> Void) {
        families.withLock { families in
            precondition(families[name] == nil, "\(name) was believed to be declared once")
            families[name] = render
        }
    }
}
