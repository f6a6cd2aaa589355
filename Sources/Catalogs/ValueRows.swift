/// The rows of each value of a column. A value that many rows have is a bitmap, the others are lists in one
/// array: however many values a column has, it costs less than eight bytes per row.
struct ValueRows: Sendable {
    private let rowCount: Int
    /// By token.
    let rowCounts: [UInt32]
    /// By token: where its list begins in `listed`; the last is the end. Empty for bitmaps.
    private let starts: [UInt32]
    private let listed: [UInt32]
    /// By token.
    private let bitmaps: [Int: RowSet]

    /// `tokens` has one element per row.
    init(tokens: [UInt32], tokenCount: Int) {
        rowCount = tokens.count
        var counts = [UInt32](repeating: 0, count: tokenCount)
        for token in tokens { counts[Int(token)] += 1 }
        rowCounts = counts
        var bitmaps: [Int: RowSet] = [:]
        var starts: [UInt32] = [0]
        starts.reserveCapacity(tokenCount + 1)
        var listedCount: UInt32 = 0
        for (token, count) in counts.enumerated() {
            if Int(count) * 32 >= tokens.count {
                bitmaps[token] = ValueRows.bitmap(of: UInt32(token), tokens)
            } else {
                listedCount += count
            }
            starts.append(listedCount)
        }
        self.bitmaps = bitmaps
        self.starts = starts
        listed = ValueRows.lists(tokens, starts)
    }

    /// Without a branch per row: half of them would be guessed wrong.
    private static func bitmap(of token: UInt32, _ tokens: [UInt32]) -> RowSet {
        var set = RowSet(rowCount: tokens.count)
        tokens.withUnsafeBufferPointer { tokens in set.formUnion { tokens[$0] == token } }
        return set
    }

    private static func lists(_ tokens: [UInt32], _ starts: [UInt32]) -> [UInt32] {
        var next = starts
        var rows = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        if rows.isEmpty { return rows }
        for (row, token) in tokens.enumerated() where starts[Int(token)] < starts[Int(token) + 1] {
            rows[Int(next[Int(token)])] = UInt32(row)
            next[Int(token)] += 1
        }
        return rows
    }

    /// Keeps only rows with one of the values; each token occurs once.
    func keep(_ tokens: [Int], in filter: inout RowFilter) {
        let count = tokens.reduce(0) { $0 + Int(rowCounts[$1]) }
        if count == rowCount { return }
        if count == 0 { return filter.keepNone() }
        if tokens.count == 1, let only = bitmaps[tokens[0]] { return filter.keep(only) }
        var union = RowSet(rowCount: rowCount)
        insert(tokens, into: &union)
        filter.keep(union)
    }

    /// The rows with one of the values.
    func insert(_ tokens: [Int], into set: inout RowSet) {
        for token in tokens {
            let rows = Int(starts[token])..<Int(starts[token + 1])
            for index in rows { set.insert(Int(listed[index])) }
            if rows.isEmpty, let bitmap = bitmaps[token] { set.formUnion(bitmap) }
        }
    }

    /// Whether a matching row has one of the values.
    func contains(_ tokens: [Int], in matches: RowMatches) -> Bool {
        guard case .some(let set, _) = matches else { return matches.count > 0 }
        return tokens.contains { token in
            if let bitmap = bitmaps[token] { return set.intersects(bitmap) }
            return listed[Int(starts[token])..<Int(starts[token + 1])].contains { row in
                set.contains(Int(row))
            }
        }
    }
}
