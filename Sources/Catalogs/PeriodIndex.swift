/// Finds the rows at a range of positions of an order as a bitmap, without visiting each of them: the rows
/// before every sixteenth of the positions are kept as bitmaps, and only what lies between is added.
struct PeriodIndex: Sendable {
    private static let stepCount = 16

    /// By position.
    let rows: [UInt32]
    private let stride: Int
    /// The rows before each multiple of `stride`.
    private let steps: [RowSet]

    init(rows: [UInt32]) {
        self.rows = rows
        stride = max(1, (rows.count + PeriodIndex.stepCount - 1) / PeriodIndex.stepCount)
        var set = RowSet(rowCount: rows.count)
        var steps = [set]
        for start in Swift.stride(from: 0, to: rows.count, by: stride) {
            set.insert(rows[start..<min(start + stride, rows.count)])
            steps.append(set)
        }
        self.steps = steps
    }

    func rows(at positions: Range<Int>) -> RowSet {
        var set = rows(before: positions.upperBound)
        if positions.lowerBound > 0 { set.subtract(rows(before: positions.lowerBound)) }
        return set
    }

    private func rows(before position: Int) -> RowSet {
        let step = min((position + stride / 2) / stride, steps.count - 1)
        let start = min(step * stride, rows.count)
        var set = steps[step]
        if start < position { set.insert(rows[start..<position]) }
        if position < start { set.remove(rows[position..<start]) }
        return set
    }
}
