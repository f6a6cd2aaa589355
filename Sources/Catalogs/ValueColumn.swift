/// One column with few distinct values, and the rows of each. Token 0 is "unknown".
struct ValueColumn: Sendable {
    /// By token; the first is `nil`.
    let texts: [String?]
    /// By token: the value as JSON.
    let json: [[UInt8]]
    let rowCounts: [Int]
    private let rows: [ValueRows]
    private let rowCount: Int

    /// `tokens` has one element per row.
    init(texts: [String?], tokens: some Collection<UInt32>) {
        self.texts = texts
        rowCount = tokens.count
        json = texts.map(JSONEncoding.quoted)
        var lists = [[UInt32]](repeating: [], count: texts.count)
        var row: UInt32 = 0
        for token in tokens {
            lists[Int(token)].append(row)
            row += 1
        }
        rowCounts = lists.map(\.count)
        rows = lists.map { ValueRows($0, rowCount: tokens.count) }
    }

    /// What a caller sees: `unknown` for a missing value.
    func label(_ token: Int) -> String { texts[token] ?? "unknown" }

    /// Keeps only rows whose value passes.
    func restrict(_ set: inout RowSet, to isIncluded: (String?) -> Bool) {
        let tokens = texts.indices.filter { rowCounts[$0] > 0 && isIncluded(texts[$0]) }
        if tokens.reduce(0, { $0 + rowCounts[$1] }) == rowCount { return }
        if tokens.count == 1, case .dense(let only) = rows[tokens[0]] {
            set.formIntersection(only)
            return
        }
        var union = RowSet(rowCount: rowCount)
        for token in tokens { rows[token].insert(into: &union) }
        set.formIntersection(union)
    }
}
