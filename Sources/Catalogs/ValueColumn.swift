/// One column with few distinct values, and the rows of each. Token 0 is "unknown".
///
/// A class, so that naming a column of a snapshot counts one reference and not one per array.
final class ValueColumn: Sendable {
    /// By token; the first is `nil`.
    let texts: [String?]
    /// The texts from token 1 on.
    let index: TextInterner
    private let rows: ValueRows

    /// `tokens` has one element per row.
    init(texts: [String?], tokens: [UInt32]) {
        self.texts = texts
        var index = TextInterner()
        for text in texts.dropFirst() { _ = index.number(of: text ?? "") }
        self.index = index
        rows = ValueRows(tokens: tokens, tokenCount: texts.count)
    }

    func rowCount(_ token: Int) -> Int { Int(rows.rowCounts[token]) }

    /// Whether a matching row has one of these values.
    func contains(_ tokens: [Int], in matches: RowMatches) -> Bool {
        rows.contains(tokens, in: matches)
    }

    /// What a caller sees: `unknown` for a missing value.
    func label(_ token: Int) -> String { texts[token] ?? "unknown" }

    /// Keeps only rows with one of these values; a missing one answers to `unknown`.
    func keep(_ wanted: [String], in filter: inout RowFilter) {
        var tokens: [Int] = []
        for text in wanted {
            if let number = index.find(text.utf8.span) { tokens.append(number + 1) }
            if text == "unknown" { tokens.append(0) }
        }
        if tokens.count > 1 { tokens = Array(Set(tokens)) }
        rows.keep(tokens, in: &filter)
    }

    /// Keeps only rows whose value passes; it is called with the number of a text, `nil` for a missing one.
    func keep(in filter: inout RowFilter, where isIncluded: (_ text: Int?) -> Bool) {
        let tokens = texts.indices.filter { token in
            rows.rowCounts[token] > 0 && isIncluded(token == 0 ? nil : token - 1)
        }
        rows.keep(tokens, in: &filter)
    }
}
