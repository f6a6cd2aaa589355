internal import HTTPWire

/// Whether a caller takes what the routes have (RFC 9110 §12.5.1).
enum ContentNegotiation {
    /// JSON is taken where `Accept` is absent, or names it or a range around it with a weight above 0; the most
    /// specific range decides.
    static func takesJSON(_ accept: String?) -> Bool {
        guard let accept else { return true }
        let field = accept.utf8.span
        var best: (rank: Int, isTaken: Bool) = (-1, accept.allSatisfy { $0 == " " })
        var items = WeightedItems(field.count)
        while let item = items.next(in: field) {
            guard let rank = rank(item.name, in: field), rank > best.rank else { continue }
            best = (rank, item.isWanted)
        }
        return best.isTaken
    }

    /// Whether `Accept` names text/html with a weight above 0; a range around it is not enough.
    static func wantsHTML(_ accept: String?) -> Bool {
        guard let accept else { return false }
        let field = accept.utf8.span
        var items = WeightedItems(field.count)
        while let item = items.next(in: field) {
            if item.isWanted, field.equalsIgnoringCase(item.name, "text/html") { return true }
        }
        return false
    }

    /// How specific a range is; `nil` where JSON is not in it.
    private static func rank(_ range: Range<Int>, in field: borrowing Span<UInt8>) -> Int? {
        let ranks: [StaticString] = ["*/*", "application/*", "application/json"]
        for (rank, name) in ranks.enumerated() where field.equalsIgnoringCase(range, name) {
            return rank
        }
        return nil
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
