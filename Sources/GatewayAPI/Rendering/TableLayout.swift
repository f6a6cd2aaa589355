/// Decides which columns of a table are shown and how wide: cuts what may be cut, then leaves out.
struct TableLayout {
    private let columns: [TableText.Column]
    private let gap: Int
    private(set) var widths: [Int]
    /// Indices of the columns that are shown, in order.
    private(set) var shown: [Int]

    init(columns: [TableText.Column], widths: [Int], gap: Int) {
        self.columns = columns
        self.widths = widths
        self.gap = gap
        shown = Array(columns.indices)
    }

    private var total: Int { shown.reduce(gap * (shown.count - 1)) { $0 + widths[$1] } }

    /// The least the columns shown can do with.
    private var totalMin: Int {
        shown.reduce(gap * (shown.count - 1)) { $0 + min(widths[$1], columns[$1].widthMin ?? .max) }
    }

    mutating func fit(_ width: Int) {
        while totalMin > width, let last = mostExpendable { shown.removeAll { $0 == last } }
        while total > width, let widest = widestCuttable(total - width) {
            widths[widest.index] = widest.width
        }
    }

    private var mostExpendable: Int? {
        guard shown.count > 1 else { return nil }
        return shown.filter { columns[$0].rank != nil }.max {
            (columns[$0].rank ?? 0, $0) < (columns[$1].rank ?? 0, $1)
        }
    }

    /// The widest column that may be cut, and its next width: down to the next widest, to its own least or
    /// by what is too much, whichever is the most.
    private func widestCuttable(_ excess: Int) -> (index: Int, width: Int)? {
        let cuttable = shown.filter { widths[$0] > columns[$0].widthMin ?? .max }
        guard let index = cuttable.max(by: { widths[$0] < widths[$1] }) else { return nil }
        let others = cuttable.filter { widths[$0] < widths[index] }.map { widths[$0] }.max() ?? 0
        let least = columns[index].widthMin ?? 0
        return (index, max(least, min(widths[index] - 1, max(others, widths[index] - excess))))
    }
}
