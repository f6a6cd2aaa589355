import ImageModel

/// Walks the matching rows of one snapshot in some order.
final class PartWalk {
    let part: Int
    let snapshot: Snapshot
    private let matches: RowMatches
    private let rows: OrderedRows
    /// Where few rows match: the positions of the first of them, in order.
    private let few: [UInt32]?
    /// In the order, or in `few`.
    private var position: Int
    /// Matches are looked for up to here before blocks of positions are leapt over.
    private var stretchEnd: Int

    /// A walk of `limit` rows behind a key.
    init(
        _ snapshot: Snapshot,
        part: Int,
        _ matches: RowMatches,
        _ order: ImageOrder,
        after: OrderKey?,
        limit: Int
    ) {
        self.snapshot = snapshot
        self.part = part
        self.matches = matches
        // Along the whole order a match is found every `snapshot.count / matches.count` rows.
        let areFew = matches.count * matches.count < limit * snapshot.count
        let rows = snapshot.ordered(order, withPositions: areFew)
        self.rows = rows
        let start = after.map { snapshot.position(behind: $0, order, rows) } ?? 0
        few = areFew ? rows.first(limit, of: matches, from: start) : nil
        position = few == nil ? start : 0
        stretchEnd = position
    }

    /// The next row; `nil` at the end.
    func next() -> Int? {
        if let few {
            guard position < few.count else { return nil }
            position += 1
            return rows.row(at: Int(few[position - 1]))
        }
        while true {
            if position >= stretchEnd {
                guard let next = rows.stretch(from: position, matches, rowCount: snapshot.count)
                else { return nil }
                (position, stretchEnd) = (next.lowerBound, next.upperBound)
            }
            if let found = rows.firstPosition(of: matches, in: position..<stretchEnd) {
                position = found + 1
                return rows.row(at: found)
            }
            position = stretchEnd
        }
    }
}
