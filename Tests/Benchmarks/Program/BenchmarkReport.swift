internal import JSONText

/// The table that the benchmarks print, or the same as JSON.
struct BenchmarkReport {
    private var rows: [(row: BenchmarkRow, result: Result<Finding, Unmeasured>)] = []

    mutating func add(_ row: BenchmarkRow, _ result: Result<Finding, Unmeasured>) {
        rows.append((row, result))
    }

    /// Whether every row was measured and reached.
    var isReached: Bool {
        rows.allSatisfy { entry in
            if case .success(let finding) = entry.result { finding.isReached } else { false }
        }
    }

    static func line(_ row: BenchmarkRow, _ result: Result<Finding, Unmeasured>) -> String {
        let head = "| \(row.id) | \(row.what) | \(row.target) |"
        switch result {
        case .failure(let unmeasured): return "\(head) not measured: \(unmeasured.reason) | | |"
        case .success(let finding):
            let peers = finding.peers.map { "\($0.name) \($0.measured) (\(ratio($0.ratio)))" }
            let words = (finding.note.map { [$0] } ?? []) + peers
            return "\(head) \(finding.measured) | \(finding.isReached ? "yes" : "NO") | "
                + "\(words.joined(separator: "; ")) |"
        }
    }

    static let head = """
        | # | what | must reach | today | reached | beside it |
        |---|---|---|---|---|---|
        """

    /// Two digits behind the point are as much as such a figure is worth.
    private static func ratio(_ value: Double) -> String {
        "\((value * 100).rounded() / 100) ×"
    }

    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("rows")
            writer.array { writer in
                for (row, result) in rows { BenchmarkReport.write(row, result, to: &writer) }
            }
        }
        return writer.text
    }

    private static func write(
        _ row: BenchmarkRow,
        _ result: Result<Finding, Unmeasured>,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("id", row.id)
            writer.member("what", row.what)
            writer.member("target", row.target)
            switch result {
            case .success(let finding): write(finding, to: &writer)
            case .failure(let unmeasured): writer.member("not_measured", unmeasured.reason)
            }
        }
    }

    /// JSON has no word for what is no number.
    private static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

    private static func write(_ finding: Finding, to writer: inout JSONWriter) {
        writer.member("measured", finding.measured)
        writer.member("reached", finding.isReached)
        writer.key("figures")
        writer.array { writer in
            for figure in finding.figures {
                writer.object { writer in
                    writer.member("name", figure.name)
                    writer.key("value")
                    writer.raw(number(figure.value).utf8)
                    writer.member("unit", figure.unit)
                }
            }
        }
        writer.key("peers")
        writer.array { writer in
            for peer in finding.peers {
                writer.object { writer in
                    writer.member("name", peer.name)
                    writer.member("measured", peer.measured)
                    writer.key("ratio")
                    writer.raw(number(peer.ratio).utf8)
                }
            }
        }
        writer.member("note", finding.note)
    }
}
