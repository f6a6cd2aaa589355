internal import TestKit

/// Servers that do the same work in turns, so that what disturbs the machine disturbs all of them.
struct Contest {
    var wrk = Wrk()
    var roundCount = 3

    struct Contender {
        let name: String
        let probe: ProcessProbe
        let url: String
        var fields: [String] = []
    }

    /// The medians of a contender's rounds.
    struct Score {
        let name: String
        /// Microseconds of processor time, user and system, all threads.
        let processorTime: Double
        let requestsPerSecond: Double
        /// Milliseconds.
        let median: Double
        let percentile99: Double
        let complaints: [String]

        func figures(_ prefix: String = "") -> [Finding.Figure] {
            [
                .init(name: "\(prefix)cpu_per_request", value: processorTime, unit: "µs"),
                .init(name: "\(prefix)requests_per_second", value: requestsPerSecond, unit: "1/s"),
                .init(name: "\(prefix)p50", value: median, unit: "ms"),
                .init(name: "\(prefix)p99", value: percentile99, unit: "ms"),
            ]
        }
    }

    private struct Round {
        let processorTime: Double
        let outcome: Wrk.Outcome
    }

    /// In the order of `contenders`. Each first gets a short round that does not count.
    func run(_ contenders: [Contender], _ folder: TemporaryFolder) throws(Unmeasured) -> [Score] {
        var rounds = [[Round]](repeating: [], count: contenders.count)
        for number in 0...roundCount {
            for (index, contender) in contenders.enumerated() {
                let round = try round(contender, number, folder)
                if number > 0 { rounds[index].append(round) }
            }
        }
        return zip(contenders, rounds).map { Contest.score($0.name, $1) }
    }

    private func round(
        _ contender: Contender,
        _ number: Int,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> Round {
        var wrk = self.wrk
        if number == 0 { wrk.seconds = 1 }
        wrk.fields += contender.fields
        // A script that counts goes on where the last round cannot have come to.
        wrk.script?.arguments.append("\(number * 10_000_000)")
        let before = contender.probe.processorSeconds
        let outcome = try wrk.drive(contender.url, folder)
        let spent = contender.probe.processorSeconds - before
        return Round(processorTime: spent * 1e6 / outcome.requestCount, outcome: outcome)
    }

    private static func score(_ name: String, _ rounds: [Round]) -> Score {
        Score(
            name: name,
            processorTime: rounds.map(\.processorTime).median,
            requestsPerSecond: rounds.map(\.outcome.requestsPerSecond).median,
            median: rounds.map { $0.outcome.median * 1e3 }.median,
            percentile99: rounds.map { $0.outcome.percentile99 * 1e3 }.median,
            complaints: rounds.flatMap(\.outcome.complaints)
        )
    }
}

extension Contest.Score {
    /// Fails where some answers were none: what such a run measures is nothing.
    func clean() throws(Unmeasured) -> Contest.Score {
        if let complaint = complaints.first { throw Unmeasured(reason: "\(name): \(complaint)") }
        return self
    }

    func peer(of own: Contest.Score) -> Finding.Peer {
        Finding.Peer(
            name: name,
            measured: processorTime.text("µs"),
            ratio: own.processorTime / processorTime
        )
    }
}

extension Double {
    /// Three digits, which is more than a noisy machine is worth.
    func text(_ unit: String) -> String {
        guard isFinite else { return "? \(unit)" }
        let digits = abs(self) >= 100 ? 1.0 : abs(self) >= 10 ? 10.0 : 100.0
        let rounded = (self * digits).rounded() / digits
        let text = digits == 1 ? "\(Int(rounded))" : "\(rounded)"
        return "\(text) \(unit)"
    }
}
