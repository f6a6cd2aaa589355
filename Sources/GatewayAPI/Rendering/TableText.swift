/// Lays rows out in columns that fit a terminal. The layout is made of a sample, so that rows may be
/// written as they come; what is wider than its column then is cut with `…`.
public struct TableText: Sendable {
    private let columns: [Column]
    /// Indices of the columns shown, and their widths.
    private let shown: [(index: Int, width: Int)]
    private let isBounded: Bool

    /// Blanks between two columns.
    private static let gap = 2

    /// One column: its title, and what may be done to it where room is short.
    public struct Column: Sendable, Hashable {
        public var title: String
        public var isRightAligned: Bool
        /// Cells it may be cut to; `nil`: its values are shown whole or not at all.
        public var widthMin: Int?
        /// Columns of the highest rank go first where room is short; `nil` never goes.
        public var rank: Int?

        public init(
            _ title: String,
            isRightAligned: Bool = false,
            widthMin: Int? = nil,
            rank: Int? = nil
        ) {
            self.title = title
            self.isRightAligned = isRightAligned
            self.widthMin = widthMin
            self.rank = rank
        }
    }

    /// Columns as wide as the sample's cells, within `width` cells a line; `nil`: no bound, nothing is
    /// cut. Rows have one cell per column.
    public init(_ columns: [Column], sample rows: [[String]], width: Int?) {
        self.columns = columns
        let natural = columns.indices.map { index in
            rows.reduce(CellText.width(columns[index].title)) { widest, row in
                max(widest, CellText.width(CellText.visible(row[index])))
            }
        }
        var layout = TableLayout(columns: columns, widths: natural, gap: Self.gap)
        if let width { layout.fit(width) }
        shown = layout.shown.map { ($0, layout.widths[$0]) }
        isBounded = width != nil
    }

    /// The titles; without trailing blanks.
    public var header: String { line(columns.map(\.title)) }

    /// One row; control characters are made visible, trailing blanks left out.
    public func line(_ cells: [String]) -> String {
        var line = ""
        for (place, column) in shown.enumerated() {
            if place > 0 { line += String(repeating: " ", count: Self.gap) }
            let text = CellText.visible(cells[column.index])
            line += CellText.padded(
                isBounded ? CellText.cut(text, to: column.width) : text,
                to: column.width,
                isRightAligned: columns[column.index].isRightAligned
            )
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
