/// The command line of the benchmarks.
struct BenchmarkOptions {
    var isJSON = false
    /// Identifiers of rows; empty means all.
    var rows: Set<String> = []

    struct Mistake: Error {
        let text: String
    }

    static let usage = """
        usage: Benchmarks [--json] [--rows ID,ID…]
          --json   one JSON object instead of the table
          --rows   measure these rows only, for example H1,W5
        """

    init(_ arguments: [String]) throws(Mistake) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--json": isJSON = true
            case "--rows":
                guard let value = rest.popFirst() else {
                    throw Mistake(text: "--rows needs a value, for example H1,W5")
                }
                rows = Set(value.split(separator: ",").map { $0.uppercased() })
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
}
