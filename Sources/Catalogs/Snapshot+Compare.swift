import ImageModel

extension Snapshot {
    /// What the row is sorted by, as it is stored, where that is a number.
    @inline(__always)
    func number(_ field: ImageOrder.Field, _ row: Int) -> Int64? {
        switch field {
        case .createdAt: rows.created[row]
        case .updatedAt: rows.updated[row]
        case .sizeBytes: rows.sizeBytes[row]
        case .minDiskGB: figures.pairs[Int(rows.figures[row])].minDiskGB
        case .name, .distribution, .version, .provider, .region: nil
        }
    }

    /// What the row is sorted by where that is a text and known.
    @inline(__always)
    func text(_ field: ImageOrder.Field, _ row: Int) -> OrderText? {
        switch field {
        case .name: OrderText(table: names.lowered, index: Int(rows.names[row]) - 1)
        case .distribution: text(.distribution, ofRow: row)
        case .version: text(.version, ofRow: row)
        case .provider: text(.provider, ofRow: row)
        case .region: text(.region, ofRow: row)
        case .createdAt, .updatedAt, .sizeBytes, .minDiskGB: nil
        }
    }

    private func text(_ column: Profile.Column, ofRow row: Int) -> OrderText? {
        let token = profile(row)[column]
        return token == 0
            ? nil : OrderText(table: self.column(column).index.texts, index: token - 1)
    }

    /// A number that orders rows, those of other snapshots too, as the first term does, as far as it
    /// reaches: most comparisons end there.
    func leadingKey(_ row: Int, _ term: ImageOrder.Term) -> UInt64 {
        if let number = number(term.field, row) {
            return RowSort.key(number, descending: term.descending)
        }
        guard let text = text(term.field, row) else { return .max }
        // Versions do not order like their bytes.
        if term.field == .version { return 0 }
        return term.descending ? ~text.prefixWord : text.prefixWord
    }

    /// Negative when this row comes before that of another snapshot.
    func compare(_ row: Int, _ other: Snapshot, _ otherRow: Int, _ order: ImageOrder) -> Int {
        for term in order.terms {
            let result = compare(row, other, otherRow, term)
            if result != 0 { return result }
        }
        return compareID(row, other, otherRow)
    }

    private func compare(
        _ row: Int,
        _ other: Snapshot,
        _ otherRow: Int,
        _ term: ImageOrder.Term
    ) -> Int {
        if let left = number(term.field, row), let right = other.number(term.field, otherRow) {
            let leftKey = RowSort.key(left, descending: term.descending)
            let rightKey = RowSort.key(right, descending: term.descending)
            return leftKey < rightKey ? -1 : leftKey > rightKey ? 1 : 0
        }
        let right = other.text(term.field, otherRow)
        guard let left = text(term.field, row) else { return right == nil ? 0 : 1 }
        return right.map { left.compare($0, term) } ?? -1
    }

    /// Negative when the row comes before the key.
    func compare(_ row: Int, _ key: OrderKey, _ order: ImageOrder) -> Int {
        for (term, value) in zip(order.terms, key.values) {
            let result = compare(row, value, term)
            if result != 0 { return result }
        }
        return compareID(row, key.id)
    }

    private func compare(_ row: Int, _ value: OrderValue, _ term: ImageOrder.Term) -> Int {
        switch value {
        case .none:
            let isKnown = number(term.field, row).map { $0 != RowColumns.missing }
            return isKnown ?? (text(term.field, row) != nil) ? -1 : 0
        case .number(let right):
            // A field has one kind of value, and decoding checks it.
            guard let left = number(term.field, row), left != RowColumns.missing else { return 1 }
            let result = left < right ? -1 : left > right ? 1 : 0
            return term.descending ? -result : result
        case .text(let right): return text(term.field, row)?.compare(right, term) ?? 1
        }
    }
}
