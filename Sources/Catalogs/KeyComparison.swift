import ImageModel

/// Compares rows of a snapshot with a key; nearly every step of a search ends with the leading keys.
struct KeyComparison {
    private let snapshot: Snapshot
    private let key: OrderKey
    private let order: ImageOrder
    private let term: ImageOrder.Term
    let leading: LeadingKey

    init(_ snapshot: Snapshot, _ key: OrderKey, _ order: ImageOrder) {
        self.snapshot = snapshot
        self.key = key
        self.order = order
        term = order.terms[0]
        leading = LeadingKey(key.values[0], term)
    }

    /// Negative when the row comes before the key.
    func compare(_ row: Int) -> Int {
        let own = snapshot.leadingKey(row, term)
        if own != leading { return own < leading ? -1 : 1 }
        for index in (own.isWhole(term) ? 1 : 0)..<order.terms.count {
            let result = compare(row, key.values[index], order.terms[index])
            if result != 0 { return result }
        }
        return snapshot.compareID(row, key.id)
    }

    private func compare(_ row: Int, _ value: OrderValue, _ term: ImageOrder.Term) -> Int {
        switch value {
        case .none:
            let isKnown = snapshot.number(term.field, row).map { $0 != RowColumns.missing }
            return isKnown ?? (snapshot.textIndex(term.field, row) != nil) ? -1 : 0
        case .number(let right):
            // A field has one kind of value, and decoding checks it.
            guard let left = snapshot.number(term.field, row), left != RowColumns.missing else {
                return 1
            }
            let result = left < right ? -1 : left > right ? 1 : 0
            return term.descending ? -result : result
        case .text(let right):
            guard let left = snapshot.textIndex(term.field, row) else { return 1 }
            return snapshot.texts(term.field).compare(left, right, term)
        }
    }
}
