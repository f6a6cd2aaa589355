/// Gathers what rows must be, then looks at each word of the bitmaps once.
struct RowFilter {
    private let rowCount: Int
    private var range: Range<Int>
    private var sets: [RowSet] = []

    init(rowCount: Int) {
        self.rowCount = rowCount
        range = 0..<rowCount
    }

    /// Whether no row can be left.
    var isEmpty: Bool { range.isEmpty }

    mutating func keep(_ set: RowSet) {
        sets.append(set)
    }

    mutating func keep(_ rows: Range<Int>) {
        range = range.clamped(to: rows)
    }

    mutating func keepNone() {
        range = 0..<0
    }

    /// The rows kept by everything so far.
    func matches() -> RowMatches {
        if range.isEmpty { return .none }
        if sets.isEmpty, range.count == rowCount { return .all(rowCount: rowCount) }
        let (rows, count) = RowSet.intersection(of: sets, in: range, rowCount: rowCount)
        return count == 0 ? .none : .some(rows, count: count)
    }
}
