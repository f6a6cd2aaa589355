/// The command line of the benchmarks.
struct BenchmarkOptions {
    var isJSON = false
    /// Identifiers of rows; empty means all.
    var rows: Set<String> = []
    /// A file of figures that may not rise.
    var thresholds: String?

    struct Mistake: Error {
        let text: String
    }

    static let usage = """
        usage: Benchmarks [--json] [--rows ID,ID…] [--thresholds FILE]
          --json         one JSON object instead of the table
          --rows         measure these rows only, for example H1,W5; B1 builds anew, which takes
                         minutes, and is measured only when it is named
          --thresholds   measure the rows of FILE and fail where a figure is above what it allows;
                         whether a row is reached does not matter then
        """

    init(_ arguments: [String]) throws(Mistake) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--rows":
                let value = try Self.value(&rest, argument, "H1,W5")
                rows = Set(value.split(separator: ",").map { $0.uppercased() })
            case "--thresholds":
                thresholds = try Self.value(&rest, argument, "Tests/Benchmarks/thresholds.json")
            default: throw Mistake(text: "unknown argument '\(argument)'")
            }
        }
        let known = Set(BenchmarkRow.all.map(\.id))
        if let odd = rows.subtracting(known).min() {
            throw Mistake(
                text: "no row '\(odd)'; rows are \(known.sorted().joined(separator: ", "))"
            )
        }
    }

    private static func value(
        _ rest: inout ArraySlice<String>,
        _ name: String,
        _ example: String
    ) throws(Mistake) -> String {
        guard let value = rest.popFirst() else {
            throw Mistake(text: "\(name) needs a value, for example \(example)")
        }
        return value
    }
}
