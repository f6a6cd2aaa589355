import ImageModel

/// Walks the matching rows of one snapshot in some order.
final class PartWalk {
    let part: Int
    let snapshot: Snapshot
    private let matches: RowMatches
    private let order: ImageOrder
    private var rows: OrderedRows
    /// The positions of all matches, where a walk along the order would look at more rows.
    private var found: RowSet?
    /// In the order.
    private var position = 0
    /// Matches are looked for up to here before blocks of positions are leapt over.
    private var stretchEnd = 0
    /// Positions to look at along the order before the matches are looked up instead: as many as there are
    /// matches, so that whichever is better, not much more than twice of it is spent.
    private var patience: Int

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
        self.order = order
        // Along the whole order a match is found every `snapshot.count / matches.count` rows.
        let areFew = matches.count * matches.count < limit * snapshot.count
        rows = snapshot.ordered(order, withPositions: areFew)
        // Rows are kept in the standard order: matches stand there as they are.
        patience = rows.rows == nil ? snapshot.count : matches.count
        if let after {
            position = snapshot.position(behind: after, order, rows)
            stretchEnd = position
        }
        if areFew { lookUpMatches() }
    }

    /// The next row; `nil` at the end.
    func next() -> Int? {
        guard let next = found == nil ? nextAlongOrder() : found?.next(from: position) else {
            return nil
        }
        position = next + 1
        return rows.row(at: next)
    }

    /// Where the next match stands.
    private func nextAlongOrder() -> Int? {
        while true {
            if position >= stretchEnd {
                guard let next = rows.stretch(from: position, matches, rowCount: snapshot.count)
                else { return nil }
                (position, stretchEnd) = (next.lowerBound, next.upperBound)
            }
            let end = min(stretchEnd, position + patience)
            let match = rows.firstPosition(of: matches, in: position..<end)
            patience -= (match ?? end) - position
            if match != nil { return match }
            position = end
            if position < stretchEnd {
                lookUpMatches()
                return found?.next(from: position)
            }
        }
    }

    private func lookUpMatches() {
        rows = snapshot.ordered(order, withPositions: true)
        found = rows.positions(of: matches)
    }
}
