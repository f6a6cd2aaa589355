import ImageModel

/// Compares rows of a snapshot with a key. What the first term needs is at hand, since nearly every step of
/// a search ends there.
struct KeyComparison {
    private let snapshot: Snapshot
    private let key: OrderKey
    private let order: ImageOrder
    private let term: ImageOrder.Term
    private let texts: TextTable
    /// The key's first value where it is a text.
    private let text: [UInt8]?

    init(_ snapshot: Snapshot, _ key: OrderKey, _ order: ImageOrder) {
        self.snapshot = snapshot
        self.key = key
        self.order = order
        term = order.terms[0]
        texts = snapshot.texts(term.field)
        text = if case .text(let text) = key.values[0] { text } else { nil }
    }

    /// Negative when the row comes before the key.
    func compare(_ row: Int) -> Int {
        let first: Int
        if let text, let index = snapshot.textIndex(term.field, row) {
            first = texts.compare(index, text, term)
        } else {
            first = compare(row, key.values[0], term)
        }
        return first != 0 ? first : compareRest(row)
    }

    private func compareRest(_ row: Int) -> Int {
        for index in order.terms.indices.dropFirst() {
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
