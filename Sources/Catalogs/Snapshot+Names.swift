import ImageModel

extension Snapshot {
    private static let byName = ImageOrder([ImageOrder.Term(.name)])

    /// Keeps the rows whose name matches one of the patterns.
    func keep(_ filter: inout RowFilter, names patterns: [NamePattern]) {
        var found = RowSet(rowCount: count)
        let unanchored = patterns.filter { !$0.isAnchored }
        if !unanchored.isEmpty {
            searchedRows.names.insert(names.tokens(matching: unanchored), into: &found)
        }
        for pattern in patterns where pattern.isAnchored { insertRows(pattern, into: &found) }
        filter.keep(found)
    }

    /// In the order of the names those with the same beginning stand together.
    private func insertRows(_ pattern: NamePattern, into found: inout RowSet) {
        guard let byName = ordered(Snapshot.byName, withPositions: false).rows else { return }
        let start = byName.indices.partitionPoint { comparePrefix(byName[$0], pattern.prefix) >= 0 }
        let end = byName.indices.partitionPoint { comparePrefix(byName[$0], pattern.prefix) > 0 }
        if start >= end { return }
        if pattern.isPrefix { return found.insert(byName[start..<end]) }
        let lowered = names.lowered
        for row in byName[start..<end] {
            let name = lowered.range(Int(rows.names[Int(row)]) - 1)
            if pattern.matches(lowered.bytes.span.extracting(name)) { found.insert(Int(row)) }
        }
    }

    /// Compares the beginning of a row's name, as much of it as the prefix has.
    private func comparePrefix(_ row: UInt32, _ prefix: [UInt8]) -> Int {
        let lowered = names.lowered
        let name = lowered.range(Int(rows.names[Int(row)]) - 1).prefix(prefix.count)
        return ByteOrder.compare(lowered.bytes.span.extracting(name), prefix.span)
    }
}
