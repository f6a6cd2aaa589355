/// Query parameters in the order they were added, not yet encoded.
struct QueryString: Sendable, Hashable {
    struct Pair: Sendable, Hashable {
        var name: String
        var value: String
    }

    private(set) var pairs: [Pair] = []

    init() {}

    /// Reads the part of a link behind `?`. Pairs whose escapes are broken are left out.
    init(parsing text: some StringProtocol) {
        for part in text.split(separator: "&") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? String(halves[1]) : ""
            if let name = PercentEncoding.decode(halves[0]),
                let value = PercentEncoding.decode(value)
            {
                add(name, value)
            }
        }
    }

    mutating func add(_ name: String, _ value: String) {
        pairs.append(Pair(name: name, value: value))
    }

    /// The first value of that name.
    func value(of name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    /// `a=1&b=2`, names and values percent-encoded, in order.
    var encoded: String {
        pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}
