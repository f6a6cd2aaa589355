import ImageModel

/// The rows of a snapshot in some order; `nil` arrays stand for the order in which they are kept.
struct OrderedRows: Sendable {
    /// By position.
    let rows: [UInt32]?
    /// Positions by row. Made where few rows match: they are found faster by their positions than along the
    /// whole order.
    private(set) var positions: [UInt32]?

    init(rows: [UInt32]?) {
        self.rows = rows
    }

    @inline(__always)
    func row(at position: Int) -> Int {
        rows.map { Int($0[position]) } ?? position
    }

    mutating func addPositions() {
        guard let rows, positions == nil else { return }
        var positions = [UInt32](repeating: 0, count: rows.count)
        for (position, row) in rows.enumerated() { positions[Int(row)] = UInt32(position) }
        self.positions = positions
    }
}
