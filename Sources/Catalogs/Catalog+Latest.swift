import ImageModel

extension Catalog {
    /// Leaves the newest row of each group of equal values and says how many there are. Newest means the
    /// version of the system, then the creation date, then the largest id; unknown values are the lowest.
    func keepLatest(_ matches: inout [RowMatches], by fields: [ImageField]) -> Int {
        var newest = NewestRows(parts, fields)
        for index in parts.indices { newest.consider(matches[index], ofPart: index) }
        let candidates = newest.candidates
        matches = parts.indices.map { index in
            let rows = candidates.filter { $0.part == index }.map(\.row)
            var set = RowSet(rowCount: parts[index].snapshot.count)
            for row in rows { set.insert(row) }
            return rows.isEmpty ? .none : .some(set, count: rows.count)
        }
        return candidates.count
    }
}
