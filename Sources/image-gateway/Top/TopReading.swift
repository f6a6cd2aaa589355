internal import ImageModel
internal import JSONText
internal import MonotonicTime

/// What the admin port said at one moment.
struct TopReading {
    var metrics: MetricsText
    var upstreams: [JSONValue]
    var at: MonotonicClock.Instant

    /// Counts of a histogram by upper bound, ascending, `+Inf` last.
    func buckets(_ name: String, _ labels: [String: String]) -> [(bound: Double, count: Double)] {
        var counts: [Double: Double] = [:]
        for sample in metrics.all("\(name)_bucket", labels) {
            guard let bound = sample.labels["le"].flatMap({ Double($0.lowercased()) }) else {
                continue
            }
            counts[bound, default: 0] += sample.value
        }
        return counts.sorted { $0.key < $1.key }.map { (bound: $0.key, count: $0.value) }
    }
}

/// What happened between two readings, or since the start where there is one alone.
struct TopInterval {
    var earlier: TopReading?
    var later: TopReading

    /// Seconds.
    var length: Double {
        if let earlier { return earlier.at.duration(to: later.at) / .seconds(1) }
        return uptime ?? 0
    }

    /// Seconds since the gateway's start by its own clock.
    var uptime: Double? {
        guard let started = later.metrics.sum("image_gateway_process_start_time_seconds") else {
            return nil
        }
        return max(0, Double(WallClock.now.seconds) - started)
    }

    /// Per second; `nil` where nobody counts it. A counter that fell was begun anew by a restart.
    func rate(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        guard length > 0, let after = later.metrics.sum(name, labels) else { return nil }
        let before = earlier?.metrics.sum(name, labels) ?? 0
        return (after >= before ? after - before : after) / length
    }

    /// The value below which that share of the observations lies, interpolated within its bucket the way
    /// Prometheus' `histogram_quantile` does; `nil` without observations.
    func quantile(_ share: Double, of name: String, _ labels: [String: String]) -> Double? {
        let before = earlier?.buckets(name, labels) ?? []
        let known = Dictionary(uniqueKeysWithValues: before.map { ($0.bound, $0.count) })
        let buckets = later.buckets(name, labels).map { bucket in
            (bound: bucket.bound, count: max(0, bucket.count - (known[bucket.bound] ?? 0)))
        }
        guard let total = buckets.last?.count, total > 0 else { return nil }
        let rank = share * total
        var lower = (bound: 0.0, count: 0.0)
        for bucket in buckets {
            if bucket.count >= rank {
                guard bucket.bound.isFinite, bucket.count > lower.count else { return lower.bound }
                let part = (rank - lower.count) / (bucket.count - lower.count)
                return lower.bound + (bucket.bound - lower.bound) * part
            }
            lower = bucket
        }
        return lower.bound
    }
}
