/// Prometheus' text as a reader needs it: samples by name, with their labels. Lines that are none are passed over.
struct MetricsText {
    private var samples: [String: [Sample]] = [:]

    struct Sample {
        var labels: [String: String]
        var value: Double
    }

    init(_ text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let (name, sample) = Self.sample(line) else { continue }
            samples[name, default: []].append(sample)
        }
    }

    /// The samples of that name whose labels are as wanted.
    func all(_ name: String, _ wanted: [String: String] = [:]) -> [Sample] {
        (samples[name] ?? []).filter { sample in
            wanted.allSatisfy { sample.labels[$0.key] == $0.value }
        }
    }

    /// Their sum; `nil` where there is none.
    func sum(_ name: String, _ wanted: [String: String] = [:]) -> Double? {
        let found = all(name, wanted)
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    private static func sample(_ line: Substring) -> (String, Sample)? {
        guard let blank = line.lastIndex(of: " "),
            let value = Double(line[line.index(after: blank)...])
        else { return nil }
        let series = line[..<blank]
        guard let brace = series.firstIndex(of: "{"), series.last == "}" else {
            return (String(series), Sample(labels: [:], value: value))
        }
        let labels = labels(series[series.index(after: brace)...].dropLast())
        return (String(series[..<brace]), Sample(labels: labels, value: value))
    }

    /// `name="value",…`; in values `\\`, `\"` and `\n` stand for one character.
    private static func labels(_ text: Substring) -> [String: String] {
        var labels: [String: String] = [:]
        var rest = text
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].drop { $0 == "," }
            rest = rest[rest.index(after: equals)...].dropFirst()
            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\", let escaped = rest.popFirst() else {
                    value.append(character)
                    continue
                }
                value.append(escaped == "n" ? "\n" : escaped)
            }
            labels[String(name)] = value
        }
        return labels
    }
}
