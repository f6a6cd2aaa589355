import ImageModel

/// The rows of a snapshot in some order.
struct OrderedRows: Sendable {
    /// By position; `nil` for the order in which they are kept.
    let rows: [UInt32]?
    /// Positions by row. Made where few rows match: they are found faster by their positions than along the
    /// whole order.
    private(set) var positions: [UInt32]?

    let samples: OrderSamples?
    private let blocks: ValueBlocks?

    /// The order in which rows are kept.
    static let kept = OrderedRows(rows: nil, samples: nil, blocks: nil)

    init(rows: [UInt32]?, samples: OrderSamples?, blocks: ValueBlocks?) {
        self.rows = rows
        self.samples = samples
        self.blocks = blocks
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

    /// Positions among which the next match stands, from `start` on; `nil` when there is none.
    func stretch(from start: Int, _ matches: RowMatches, rowCount: Int) -> Range<Int>? {
        guard start < rowCount else { return nil }
        return blocks.map { $0.next(from: start, matches) } ?? start..<rowCount
    }

    /// The first position in the range whose row matches.
    func firstPosition(of matches: RowMatches, in range: Range<Int>) -> Int? {
        guard let rows else {
            return matches.next(from: range.lowerBound).flatMap { $0 < range.upperBound ? $0 : nil }
        }
        switch matches {
        case .none: return nil
        case .all: return range.isEmpty ? nil : range.lowerBound
        case .some(let set, _): return set.firstIndex(of: rows, in: range)
        }
    }

    /// `nil` where positions are not known, or where every row matches.
    func positions(of matches: RowMatches) -> RowSet? {
        guard let positions, case .some(let set, _) = matches else { return nil }
        return set.renumbered(positions, count: positions.count)
    }
}
