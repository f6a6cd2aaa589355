/// Prometheus' text exposition format, version 0.0.4.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/ (2024).
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ family: MetricFamily<Counter>) {
        let children = family.sorted
        appendHead(family.name, family.help, type: "counter", isEmpty: children.isEmpty)
        for (values, parts) in children {
            let sum = parts.reduce(0) { $0 &+ $1.value }
            appendSample(family.name, family.labels, values, "\(sum)")
        }
    }

    mutating func append(_ family: MetricFamily<Gauge>) {
        let children = family.sorted
        appendHead(family.name, family.help, type: "gauge", isEmpty: children.isEmpty)
        for (values, parts) in children {
            let sum = parts.reduce(0) { $0 + $1.value }
            appendSample(family.name, family.labels, values, number(sum))
        }
    }

    mutating func append(
        _ name: String,
        _ help: String,
        type: String,
        _ labels: [String],
        _ samples: [MetricSample]
    ) {
        appendHead(name, help, type: type, isEmpty: samples.isEmpty)
        for sample in samples {
            precondition(sample.values.count == labels.count, "\(name) has \(labels.count) labels")
            appendSample(name, labels, sample.values, number(sample.value))
        }
    }

    mutating func append(_ family: MetricFamily<Histogram>) {
        let children = family.sorted
        appendHead(family.name, family.help, type: "histogram", isEmpty: children.isEmpty)
        for (values, parts) in children {
            guard var sum = parts.first?.snapshot else { continue }
            for part in parts.dropFirst() { sum.add(part.snapshot) }
            append(sum, family.name, family.labels, values)
        }
    }

    private mutating func append(
        _ snapshot: Histogram.Snapshot,
        _ name: String,
        _ labels: [String],
        _ values: [String],
    ) {
        for bucket in snapshot.buckets {
            let bound = number(bucket.bound)
            appendSample("\(name)_bucket", labels + ["le"], values + [bound], "\(bucket.count)")
        }
        appendSample("\(name)_bucket", labels + ["le"], values + ["+Inf"], "\(snapshot.count)")
        appendSample("\(name)_sum", labels, values, number(snapshot.sum))
        appendSample("\(name)_count", labels, values, "\(snapshot.count)")
    }

    /// A family without children is left out: its samples do not exist yet.
    private mutating func appendHead(_ name: String, _ help: String, type: String, isEmpty: Bool) {
        guard !isEmpty else { return }
        bytes.append(contentsOf: "# HELP \(name) \(escaped(help, quotes: false))\n".utf8)
        bytes.append(contentsOf: "# TYPE \(name) \(type)\n".utf8)
    }

    private mutating func appendSample(
        _ name: String,
        _ labels: [String],
        _ values: [String],
        _ value: String,
    ) {
        bytes.append(contentsOf: name.utf8)
        if !labels.isEmpty {
            let pairs = zip(labels, values).map { "\($0)=\"\(escaped($1, quotes: true))\"" }
            bytes.append(contentsOf: "{\(pairs.joined(separator: ","))}".utf8)
        }
        bytes.append(contentsOf: " \(value)\n".utf8)
    }

    private func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }
}
