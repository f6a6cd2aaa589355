internal import TestKit

/// wrk, the load generator, on the client's core.
struct Wrk {
    var connections = 64
    var seconds = 2
    var fields: [String] = []
    /// A Lua file and what it is given.
    var script: (file: String, arguments: [String])?

    /// What a round came to.
    struct Outcome {
        var requestCount = 0.0
        var requestsPerSecond = 0.0
        /// Seconds.
        var median = 0.0
        var percentile99 = 0.0
        /// Lines about what went wrong.
        var complaints: [String] = []
    }

    func drive(_ url: String, _ folder: TemporaryFolder) throws(Unmeasured) -> Outcome {
        let output = folder.file("wrk")
        try File.write("", to: output)
        var command = [try Programs.required("wrk"), "-t1", "--latency"]
        command += ["-c\(connections)", "-d\(seconds)"]
        for field in fields { command += ["-H", field] }
        if let script { command += ["-s", script.file] }
        command.append(url)
        if let script { command += ["--"] + script.arguments }
        let wrk = try ChildProcess(
            command,
            on: Processors.ofClient,
            ChildProcess.Streams(output: output, errors: output)
        )
        try wrk.finish(atMost: .seconds(seconds + 20))
        return try Wrk.read(File.text(output) ?? "")
    }

    private static func read(_ text: String) throws(Unmeasured) -> Outcome {
        var outcome = Outcome()
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first, let last = words.last else { continue }
            if line.contains("requests in") { outcome.requestCount = Double(first) ?? 0 }
            switch first {
            case "Requests/sec:": outcome.requestsPerSecond = Double(last) ?? 0
            case "50%": outcome.median = seconds(last)
            case "99%": outcome.percentile99 = seconds(last)
            case "Non-2xx", "Socket": outcome.complaints.append(words.joined(separator: " "))
            default: break
            }
        }
        guard outcome.requestCount > 0 else {
            throw Unmeasured(reason: "wrk came back with no answer at all")
        }
        return outcome
    }

    /// Of a time as wrk writes it: `12.34us`, `1.20ms`, `2.00s`.
    private static func seconds(_ text: Substring) -> Double {
        let number = Double(text.prefix { $0.isNumber || $0 == "." }) ?? 0
        if text.hasSuffix("us") { return number / 1e6 }
        return text.hasSuffix("ms") ? number / 1e3 : number
    }
}
