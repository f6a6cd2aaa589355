import ImageModel

/// Walks the matching rows of one snapshot in some order.
struct PartWalk {
    let part: Int
    private let snapshot: Snapshot
    private let matches: RowMatches
    private let order: ImageOrder
    private let rows: OrderedRows
    /// Where few rows match: the positions of the first of them, in order.
    private let few: [UInt32]?
    /// In the order, or in `few`.
    private var position: Int
    /// The row that comes next; `nil` at the end.
    private(set) var head: Head?

    struct Head {
        let row: Int
        /// `Snapshot.leadingKey` of the row.
        let key: UInt64
    }

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
        let rows = snapshot.ordered(order, withPositions: areFew)
        let start = after.map { snapshot.position(behind: $0, order, rows) } ?? 0
        self.rows = rows
        few = areFew ? rows.first(limit, of: matches, from: start) : nil
        position = few == nil ? start : 0
        advance()
    }

    mutating func advance() {
        head = nextRow().map { row in
            Head(row: row, key: snapshot.leadingKey(row, order.terms[0]))
        }
    }

    private mutating func nextRow() -> Int? {
        if let few {
            guard position < few.count else { return nil }
            position += 1
            return rows.row(at: Int(few[position - 1]))
        }
        guard let permutation = rows.rows else {
            let row = matches.next(from: position)
            position = row.map { $0 + 1 } ?? snapshot.count
            return row
        }
        while position < permutation.count {
            let row = Int(permutation[position])
            position += 1
            if matches.contains(row) { return row }
        }
        return nil
    }

    /// Whether this walk's head comes before that of another; both have one.
    func precedes(_ other: PartWalk) -> Bool {
        guard let head, let otherHead = other.head else { return head != nil }
        if head.key != otherHead.key { return head.key < otherHead.key }
        return snapshot.compare(head.row, other.snapshot, otherHead.row, order) < 0
    }
}

extension OrderedRows {
    /// The positions of the first `limit` matches from `start` on, in order.
    fileprivate func first(_ limit: Int, of matches: RowMatches, from start: Int) -> [UInt32]? {
        guard let positions else { return nil }
        var best: [UInt32] = []
        matches.forEach { row in
            let position = positions[row]
            if Int(position) < start { return }
            if best.count == limit {
                guard let last = best.last, position < last else { return }
                best.removeLast()
            }
            var index = best.count
            while index > 0, best[index - 1] > position { index -= 1 }
            best.insert(position, at: index)
        }
        return best
    }
}
