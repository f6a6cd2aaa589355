internal import HTTPWire

/// Whether a caller takes what the routes have (RFC 9110 §12.5.1).
enum ContentNegotiation {
    /// JSON is taken where `Accept` is absent, or names it or a range around it with a weight above 0; the most
    /// specific range decides.
    static func takesJSON(_ accept: String?) -> Bool {
        guard let accept else { return true }
        var best: (rank: Int, isTaken: Bool) = (-1, accept.allSatisfy { $0 == " " })
        for range in accept.lowercased().split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let rank = rank(parts.first ?? ""), rank > best.rank else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map {
                Double($0.dropFirst(2))
            }
            best = (rank, (weight ?? 1) ?? 0 > 0)
        }
        return best.isTaken
    }

    /// Whether `Accept` names text/html with a weight above 0; a range around it is not enough.
    static func wantsHTML(_ accept: String?) -> Bool {
        (accept ?? "").lowercased().split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            return parts.first == "text/html"
                && (weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1) > 0
        }
    }

    /// How specific a range is; `nil` where JSON is not in it.
    private static func rank(_ range: String) -> Int? {
        switch range {
        case "application/json": 2
        case "application/*": 1
        case "*/*": 0
        default: nil
        }
    }
}

extension Problem {
    static let notAcceptable = Problem(
        slug: "not-acceptable",
        title: "Not acceptable",
        status: 406,
        detail: "this route answers application/json; the Accept field excludes it"
    )
}
