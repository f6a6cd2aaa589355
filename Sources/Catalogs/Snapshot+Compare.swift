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

    /// The texts that the field sorts by, where they are texts.
    @inline(__always)
    func texts(_ field: ImageOrder.Field) -> TextTable {
        field.column.map { columns[$0.rawValue].index.texts } ?? names.lowered
    }

    /// Which of them is the row's; `nil` where it is unknown.
    @inline(__always)
    func textIndex(_ field: ImageOrder.Field, _ row: Int) -> Int? {
        guard let column = field.column else { return Int(rows.names[row]) - 1 }
        let token = profile(row)[column]
        return token == 0 ? nil : token - 1
    }

    /// Orders rows, those of other snapshots too, as the term does, as far as it reaches.
    @inline(__always)
    func leadingKey(_ row: Int, _ term: ImageOrder.Term) -> LeadingKey {
        if let number = number(term.field, row) {
            if number == RowColumns.missing { return .last }
            return LeadingKey(number, term)
        }
        guard let index = textIndex(term.field, row) else { return .last }
        // Named in place: a table that is returned is counted, which costs more than the key.
        guard let column = term.field.column?.rawValue else {
            let texts = names.lowered
            return LeadingKey(texts.bytes.span.extracting(texts.orderRange(index)), term)
        }
        let texts = columns[column].index.texts
        return LeadingKey(texts.bytes.span.extracting(texts.orderRange(index)), term)
    }

    /// Negative when this row comes before that of another snapshot, by the terms from one on and the id.
    func compare(
        _ row: Int,
        _ other: Snapshot,
        _ otherRow: Int,
        _ order: ImageOrder,
        from first: Int
    ) -> Int {
        for index in first..<order.terms.count {
            let result = compare(row, other, otherRow, order.terms[index])
            if result != 0 { return result }
        }
        return compareID(row, other, otherRow)
    }

    @inline(__always)
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
        let right = other.textIndex(term.field, otherRow)
        guard let left = textIndex(term.field, row) else { return right == nil ? 0 : 1 }
        guard let right else { return -1 }
        // Named in place: a table that is returned is counted, which costs more than the comparison.
        guard let column = term.field.column?.rawValue else {
            return names.lowered.compare(left, other.names.lowered, right, term)
        }
        return columns[column].index.texts
            .compare(left, other.columns[column].index.texts, right, term)
    }
}
