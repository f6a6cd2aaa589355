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

    /// A number that orders rows, those of other snapshots too, as the term does, as far as it reaches:
    /// most comparisons end there.
    func leadingKey(_ row: Int, _ term: ImageOrder.Term) -> UInt64 {
        if let number = number(term.field, row) {
            return RowSort.key(number, descending: term.descending)
        }
        guard let index = textIndex(term.field, row) else { return .max }
        // Versions do not order like their bytes.
        if term.field == .version { return 0 }
        let column = term.field.column?.rawValue
        let prefix =
            column.map { columns[$0].index.texts.orderPrefix(index) }
            ?? names.lowered.orderPrefix(index)
        return term.descending ? ~prefix : prefix
    }

    /// The same as far as a sample reaches.
    func sampleKey(_ row: Int, _ term: ImageOrder.Term) -> OrderSamples.Key {
        if let number = number(term.field, row) {
            if number == RowColumns.missing { return .last }
            return OrderSamples.Key(first: RowSort.key(number, descending: term.descending))
        }
        guard let index = textIndex(term.field, row) else { return .last }
        let texts = texts(term.field)
        return OrderSamples.Key(texts.bytes.span.extracting(texts.orderRange(index)), term)
    }

    static func sampleKey(of key: OrderKey, _ term: ImageOrder.Term) -> OrderSamples.Key {
        switch key.values[0] {
        case .none: .last
        case .number(let number):
            OrderSamples.Key(first: RowSort.key(number, descending: term.descending))
        case .text(let text): OrderSamples.Key(text.span, term)
        }
    }

    /// Negative when this row comes before that of another snapshot.
    func compare(_ row: Int, _ other: Snapshot, _ otherRow: Int, _ order: ImageOrder) -> Int {
        for index in order.terms.indices {
            let result = compare(row, other, otherRow, order.terms[index])
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

extension OrderSamples.Key {
    init(_ text: Span<UInt8>, _ term: ImageOrder.Term) {
        // Versions do not order like their bytes.
        if term.field == .version {
            self.init(first: 0)
            return
        }
        let flip: UInt64 = term.descending ? .max : 0
        func word(_ start: Int) -> UInt64 {
            let rest = text.extracting(min(start, text.count)..<text.count)
            return ByteOrder.prefixWord(rest) ^ flip
        }
        self.init(first: word(0), second: word(8), third: word(16))
    }
}
