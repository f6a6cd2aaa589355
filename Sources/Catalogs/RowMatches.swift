/// The rows of one snapshot that match a query. Most queries ask some upstream for none or for all of its
/// rows, and then there is no bitmap.
enum RowMatches: Sendable {
    case none
    case all(rowCount: Int)
    case some(RowSet, count: Int)

    var count: Int {
        switch self {
        case .none: 0
        case .all(let rowCount): rowCount
        case .some(_, let count): count
        }
    }

    func forEach(_ body: (Int) -> Void) {
        switch self {
        case .none: break
        case .all(let rowCount): for row in 0..<rowCount { body(row) }
        case .some(let rows, _): rows.forEach(body)
        }
    }

    /// The lowest matching row that is not below `row`.
    func next(from row: Int) -> Int? {
        switch self {
        case .none: nil
        case .all(let rowCount): row < rowCount ? row : nil
        case .some(let rows, _): rows.next(from: row)
        }
    }

    func contains(_ row: Int) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .some(let rows, _): rows.contains(row)
        }
    }
}
