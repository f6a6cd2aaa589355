/// Prometheus' text format (version 0.0.4), read line by line and strictly.
struct PrometheusScrape {
    /// By the sample's whole name with its labels as they are written.
    private(set) var values: [String: Double] = [:]
    private(set) var types: [String: String] = [:]
    private var helps: Set<String> = []

    struct Mistake: Error {
        var line: String
        var reason: String
    }

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Mistake(line: "", reason: "no newline at the end") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# ") { try readHead(line) } else { try readSample(line) }
        }
    }

    /// Sum of the samples whose name begins so and whose labels hold all of these.
    func sum(_ name: String, _ labels: String...) -> Double {
        values.filter { series, _ in
            (series == name || series.hasPrefix("\(name){")) && labels.allSatisfy(series.contains)
        }.values.reduce(0, +)
    }

    private mutating func readHead(_ line: Substring) throws {
        let words = line.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[2].wholeMatch(of: /image_gateway_[a-z0-9_]+/) != nil else {
            throw Mistake(line: String(line), reason: "neither help nor type")
        }
        let name = String(words[2])
        if words[1] == "HELP" {
            guard helps.insert(name).inserted else {
                throw Mistake(line: String(line), reason: "a second help")
            }
            return
        }
        guard words[1] == "TYPE", types[name] == nil, helps.contains(name),
            ["counter", "gauge", "histogram"].contains(words[3])
        else { throw Mistake(line: String(line), reason: "no type where one should be") }
        types[name] = String(words[3])
    }

    private mutating func readSample(_ line: Substring) throws {
        let pattern =
            /([a-z_0-9]+)((?:\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})?) (\S+)/
        guard let match = line.wholeMatch(of: pattern), let value = Double(match.3) else {
            throw Mistake(line: String(line), reason: "no sample")
        }
        let name = String(match.1)
        guard types[name] != nil || types[family(of: name)] == "histogram" else {
            throw Mistake(line: String(line), reason: "its family has no type")
        }
        guard values.updateValue(value, forKey: name + match.2) == nil else {
            throw Mistake(line: String(line), reason: "it is there twice")
        }
    }

    private func family(of name: String) -> String {
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            return String(name.dropLast(suffix.count))
        }
        return name
    }
}
