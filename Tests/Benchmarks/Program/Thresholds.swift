internal import JSONText

/// Figures that may not rise: for each row their names and the most that is allowed.
struct Thresholds {
    private var rows: [String: [(name: String, most: Double)]] = [:]

    init(file: String) throws(Unmeasured) {
        guard let bytes = File.bytes(file), let json = try? JSONValue(parsing: bytes) else {
            throw Unmeasured(reason: "\(file) holds no JSON")
        }
        for row in json.objectValue ?? [] {
            for figure in row.value.objectValue ?? [] {
                guard case .number(let text) = figure.value, let most = Double(text) else {
                    throw Unmeasured(reason: "\(file): \(row.key).\(figure.key) is no number")
                }
                rows[row.key, default: []].append((figure.key, most))
            }
        }
    }

    /// Rows without which nothing can be said.
    var rowIDs: Set<String> { Set(rows.keys) }

    /// One line for each figure of a row; a figure that is missing counts as one that rose.
    func verdicts(_ row: BenchmarkRow, _ result: Result<Finding, Unmeasured>) -> [Verdict] {
        var figures: [String: Double] = [:]
        if case .success(let finding) = result {
            for figure in finding.figures { figures[figure.name] = figure.value }
        }
        return (rows[row.id] ?? []).map { name, most in
            Verdict(name: "\(row.id).\(name)", most: most, value: figures[name])
        }
    }

    struct Verdict {
        let name: String
        let most: Double
        let value: Double?

        var isKept: Bool { value.map { $0 <= most } ?? false }

        var text: String {
            guard let value else { return "\(name) was not measured" }
            let words = "\(name) is \(value.formatted), allowed \(most.formatted)"
            if !isKept { return "\(words): it rose" }
            return value < most * 0.9 ? "\(words): lower what is allowed" : words
        }
    }
}
