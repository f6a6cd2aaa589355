import ImageModel
import Synchronization

extension Snapshot {
    /// The rows in that order; `nil` for the order in which they stand.
    func permutation(_ order: ImageOrder) -> [UInt32]? {
        if order == .standard { return nil }
        if let known = orders.withLock({ $0.rows(order) }) { return known }
        // Sorted outside the lock: two loops may both do it, which costs time and nothing else.
        var result = idOrder
        for term in order.terms.reversed() {
            result = RowSort.sorted(result, by: sortKeys(term))
        }
        orders.withLock { $0.insert(result, for: order) }
        return result
    }

    /// The first position in the order that lies behind the key.
    func position(behind key: OrderKey, _ order: ImageOrder, _ permutation: [UInt32]?) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let row = permutation.map { Int($0[middle]) } ?? middle
            if compare(row, key, order) > 0 {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    func orderKey(_ row: Int, _ order: ImageOrder) -> OrderKey {
        OrderKey(values: order.terms.map { orderValue(row, $0.field) }, id: idBytes(row))
    }

    /// Negative when the row comes before the key.
    private func compare(_ row: Int, _ key: OrderKey, _ order: ImageOrder) -> Int {
        for (term, value) in zip(order.terms, key.values) {
            let result: Int
            if term.field == .name, case .text(let text) = value {
                let name = names.loweredBytes(rows.names[row]).prefix(ImageOrder.textBytesMax)
                let ascending = ByteOrder.compare(name.span, text.span)
                result = term.descending ? -ascending : ascending
            } else {
                result = OrderValue.compare(orderValue(row, term.field), value, term)
            }
            if result != 0 { return result }
        }
        return compareID(row, key.id)
    }

    /// Negative when this row comes before that of another snapshot.
    func compare(_ row: Int, _ other: Snapshot, _ otherRow: Int, _ order: ImageOrder) -> Int {
        for term in order.terms {
            let result: Int
            if term.field == .name {
                let max = ImageOrder.textBytesMax
                let name = names.loweredBytes(rows.names[row]).prefix(max)
                let otherName = other.names.loweredBytes(other.rows.names[otherRow]).prefix(max)
                let ascending = ByteOrder.compare(name.span, otherName.span)
                result = term.descending ? -ascending : ascending
            } else {
                result = OrderValue.compare(
                    orderValue(row, term.field),
                    other.orderValue(otherRow, term.field),
                    term
                )
            }
            if result != 0 { return result }
        }
        return compareID(row, other.idBytes(otherRow))
    }

    func orderValue(_ row: Int, _ field: ImageOrder.Field) -> OrderValue {
        switch field {
        case .createdAt: number(rows.created[row])
        case .updatedAt: number(rows.updated[row])
        case .sizeBytes: number(rows.sizeBytes[row])
        case .minDiskGB: number(rows.minDiskGB[row])
        case .name:
            .text(Array(names.loweredBytes(rows.names[row]).prefix(ImageOrder.textBytesMax)))
        case .distribution: text(row, .distribution)
        case .version: text(row, .version)
        case .provider: text(row, .provider)
        case .region: text(row, .region)
        }
    }

    private func number(_ stored: Int64) -> OrderValue {
        RowColumns.stated(stored).map { .number($0) } ?? .none
    }

    private func text(_ row: Int, _ column: Profile.Column) -> OrderValue {
        let text = self.column(column).texts[profile(row)[column]]
        return text.map { .text(OrderValue.text($0)) } ?? .none
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
        case .minDiskGB: return numbers(rows.minDiskGB)
        case .name: return rows.names.map { key(ranks.names[Int($0)]) }
        case .distribution: return values(ranks.distributions, .distribution)
        case .version: return values(ranks.versions, .version)
        case .provider: return values(ranks.providers, .provider)
        case .region: return values(ranks.regions, .region)
        }
    }
}
