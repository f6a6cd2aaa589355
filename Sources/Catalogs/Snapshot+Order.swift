import ImageModel
import Synchronization

extension Snapshot {
    /// The rows in that order, with the position of each where that is asked for.
    func ordered(_ order: ImageOrder, withPositions: Bool) -> OrderedRows {
        if order == .standard { return .kept }
        let known = orders.withLock { $0[order] }
        if let known, known.positions != nil || !withPositions { return known }
        // Sorted outside the lock: two loops may both do it, which costs time and nothing else.
        var result = known ?? sorted(order)
        if withPositions { result.addPositions() }
        orders.withLock { $0.insert(result, for: order) }
        return result
    }

    private func sorted(_ order: ImageOrder) -> OrderedRows {
        let rows = order.terms.reversed().reduce(idOrder) { rows, term in
            RowSort.sorted(rows, by: sortKeys(term))
        }
        let samples = OrderSamples(rowCount: count) { position in
            leadingKey(Int(rows[position]), order.terms[0])
        }
        return OrderedRows(rows: rows, samples: samples, blocks: blocks(order.terms[0]))
    }

    private func blocks(_ term: ImageOrder.Term) -> ValueBlocks? {
        term.field.column.flatMap { ValueBlocks(column($0), keys: valueKeys(term)) }
    }

    /// By row.
    private func sortKeys(_ term: ImageOrder.Term) -> [UInt64] {
        func numbers(_ column: [Int64]) -> [UInt64] {
            column.map { RowSort.key($0, descending: term.descending) }
        }
        switch term.field {
        case .createdAt: return numbers(rows.created)
        case .updatedAt: return numbers(rows.updated)
        case .sizeBytes: return numbers(rows.sizeBytes)
        case .minDiskGB:
            let byPair = numbers(figures.pairs.map(\.minDiskGB))
            return rows.figures.map { byPair[Int($0)] }
        case .name:
            let byName = valueKeys(term)
            return rows.names.map { byName[Int($0)] }
        case .distribution, .version, .provider, .region:
            guard let column = term.field.column else { return [] }
            let byToken = valueKeys(term)
            let byProfile = profiles.map { byToken[$0[column]] }
            return rows.profiles.map { byProfile[Int($0)] }
        }
    }

    /// By the token of a text.
    private func valueKeys(_ term: ImageOrder.Term) -> [UInt64] {
        ranks[term.field].map { rank in
            rank == .max ? .max : term.descending ? UInt64(UInt32.max - 1 - rank) : UInt64(rank)
        }
    }

    /// The first position in the order that lies behind the key.
    func position(behind key: OrderKey, _ order: ImageOrder, _ rows: OrderedRows) -> Int {
        let comparison = KeyComparison(self, key, order)
        let range = rows.samples?.range(around: comparison.leading, rowCount: count) ?? 0..<count
        return range.partitionPoint { comparison.compare(rows.row(at: $0)) > 0 }
    }

    func orderKey(_ row: Int, _ order: ImageOrder) -> OrderKey {
        let values = order.terms.map { term in
            if let number = number(term.field, row) { return OrderValue(stored: number) }
            return textIndex(term.field, row).map { .text(texts(term.field).orderBytes($0)) }
                ?? .none
        }
        return OrderKey(values: values, id: idBytes(row))
    }
}
