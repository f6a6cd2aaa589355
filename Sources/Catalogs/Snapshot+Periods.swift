import ImageModel
import Synchronization

extension Snapshot {
    /// Latest change first.
    private static let byUpdate = ImageOrder([ImageOrder.Term(.updatedAt, descending: true)])

    /// Keeps the rows that were updated in a period; those without a date never are.
    func keepUpdated(_ filter: inout RowFilter, _ after: Timestamp?, _ before: Timestamp?) {
        let index = periodIndex()
        let from = RowColumns.stored(after?.microseconds ?? .min)
        let end = index.rows.indices.partitionPoint { rows.updated[Int(index.rows[$0])] < from }
        let start = before.map { before in
            index.rows.indices.partitionPoint {
                rows.updated[Int(index.rows[$0])] < before.microseconds
            }
        }
        guard (start ?? 0) < end else { return filter.keepNone() }
        filter.keep(index.rows(at: (start ?? 0)..<end))
    }

    /// Made for the first query that asks for a period. Like an order it is made outside the lock.
    private func periodIndex() -> PeriodIndex {
        if let known = periods.withLock({ $0 }) { return known }
        let index = PeriodIndex(rows: ordered(Snapshot.byUpdate, withPositions: false).rows ?? [])
        periods.withLock { $0 = index }
        return index
    }
}
