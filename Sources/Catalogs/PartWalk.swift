import ImageModel

/// Walks the matching rows of one snapshot in some order.
struct PartWalk {
    private let snapshot: Snapshot
    private let rows: RowSet
    private let permutation: [UInt32]?
    private var position: Int
    /// The row that comes next; `nil` at the end.
    private(set) var head: RowReference?

    init(_ snapshot: Snapshot, _ rows: RowSet, _ order: ImageOrder, after: OrderKey?) {
        self.snapshot = snapshot
        self.rows = rows
        permutation = snapshot.permutation(order)
        position = 0
        if let after { position = snapshot.position(behind: after, order, permutation) }
        advance()
    }

    mutating func advance() {
        let row = permutation.map { nextRow($0) } ?? nextRow()
        head = row.map { RowReference(snapshot: snapshot, row: $0) }
    }

    private mutating func nextRow() -> Int? {
        let row = rows.next(from: position)
        position = row.map { $0 + 1 } ?? rows.rowCount
        return row
    }

    private mutating func nextRow(_ permutation: [UInt32]) -> Int? {
        while position < permutation.count {
            let row = Int(permutation[position])
            position += 1
            if rows.contains(row) { return row }
        }
        return nil
    }
}
