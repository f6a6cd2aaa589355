/// The rows that carry one value, in whichever form is smaller: a bit per row of the snapshot, or a list.
/// A column with very many values therefore never costs more than four bytes per row.
enum ValueRows: Sendable {
    case dense(RowSet)
    case sparse([UInt32])

    init(_ rows: [UInt32], rowCount: Int) {
        if rows.count * 32 < rowCount {
            self = .sparse(rows)
        } else {
            var set = RowSet(rowCount: rowCount)
            for row in rows { set.insert(Int(row)) }
            self = .dense(set)
        }
    }

    func insert(into set: inout RowSet) {
        switch self {
        case .dense(let rows): set.formUnion(rows)
        case .sparse(let rows): for row in rows { set.insert(Int(row)) }
        }
    }
}
