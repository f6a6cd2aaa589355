import ImageModel
import Synchronization

extension Snapshot {
    /// The rows in that order, with the position of each where that is asked for.
    func ordered(_ order: ImageOrder, withPositions: Bool) -> OrderedRows {
        if order == .standard { return OrderedRows(rows: nil) }
        let known = orders.withLock { $0[order] }
        if let known, known.positions != nil || !withPositions { return known }
        // Sorted outside the lock: two loops may both do it, which costs time and nothing else.
        var result = known ?? OrderedRows(rows: sorted(order))
        if withPositions { result.addPositions() }
        orders.withLock { $0.insert(result, for: order) }
        return result
    }

    private func sorted(_ order: ImageOrder) -> [UInt32] {
        order.terms.reversed().reduce(idOrder) { rows, term in
            RowSort.sorted(rows, by: sortKeys(term))
        }
    }

    private func sortKeys(_ term: ImageOrder.Term) -> [UInt64] {
        func numbers(_ column: [Int64]) -> [UInt64] {
            column.map { RowSort.key($0, descending: term.descending) }
        }
        func key(_ rank: UInt32) -> UInt64 {
            rank == .max ? .max : term.descending ? UInt64(UInt32.max - 1 - rank) : UInt64(rank)
        }
        func values(_ ranks: [UInt32], _ column: Profile.Column) -> [UInt64] {
            let byProfile = profiles.map { key(ranks[$0[column]]) }
            return rows.profiles.map { byProfile[Int($0)] }
        }
        switch term.field {
        case .createdAt: return numbers(rows.created)
        case .updatedAt: return numbers(rows.updated)
        case .sizeBytes: return numbers(rows.sizeBytes)
        case .minDiskGB:
            let byPair = numbers(figures.pairs.map(\.minDiskGB))
            return rows.figures.map { byPair[Int($0)] }
        case .name: return rows.names.map { key(ranks.names[Int($0)]) }
        case .distribution: return values(ranks.distributions, .distribution)
        case .version: return values(ranks.versions, .version)
        case .provider: return values(ranks.providers, .provider)
        case .region: return values(ranks.regions, .region)
        }
    }

    /// The first position in the order that lies behind the key.
    func position(behind key: OrderKey, _ order: ImageOrder, _ rows: OrderedRows) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if compare(rows.row(at: middle), key, order) > 0 {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    func orderKey(_ row: Int, _ order: ImageOrder) -> OrderKey {
        let values = order.terms.map { term in
            if let number = number(term.field, row) { return OrderValue(stored: number) }
            return text(term.field, row).map { .text($0.bytes) } ?? .none
        }
        return OrderKey(values: values, id: idBytes(row))
    }
}
