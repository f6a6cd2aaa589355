internal import HTTPWire

/// Whether a caller takes what the routes have, and which of two it likes better (RFC 9110 §12.5.1).
enum ContentNegotiation {
    /// JSON is taken where `Accept` is absent, or names it or a range around it with a weight above 0; the most
    /// specific range decides.
    static func takesJSON(_ accept: String?) -> Bool {
        guard let accept else { return true }
        if accept.allSatisfy({ $0 == " " }) { return true }
        return weight(["*/*", "application/*", "application/json"], in: accept.utf8.span) > 0
    }

    /// Whether `Accept` names text/html with a weight above 0, and not below that of text/plain; a range around it is
    /// not enough.
    static func prefersHTML(_ accept: String?) -> Bool {
        guard let accept else { return false }
        let field = accept.utf8.span
        let weight = weight(["text/html"], in: field)
        return weight > 0 && weight >= Self.weight(["*/*", "text/*", "text/plain"], in: field)
    }

    /// The weight of what is in all of these ranges, the most specific one last: that of the last one which the field
    /// names; 0 where it names none.
    private static func weight(_ ranges: [StaticString], in field: borrowing Span<UInt8>) -> Int {
        var best = (rank: -1, weight: 0)
        var items = WeightedItems(field.count)
        while let item = items.next(in: field) {
            for (rank, range) in ranges.enumerated()
            where field.equalsIgnoringCase(item.name, range) {
                if best < (rank, item.weight) { best = (rank, item.weight) }
            }
        }
        return best.weight
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
