import ImageModel

extension Catalog {
    /// Leaves the newest row of each group of equal values and says how many there are. Newest means the
    /// version of the system, then the creation date, then the largest id; unknown values are the lowest.
    func keepLatest(_ matches: inout [RowSet], by fields: [ImageField]) -> Int {
        var newest = NewestRows(parts, fields)
        for index in parts.indices { newest.consider(matches[index], ofPart: index) }
        matches = parts.map { RowSet(rowCount: $0.snapshot.count) }
        for candidate in newest.candidates { matches[candidate.part].insert(candidate.row) }
        return newest.candidates.count
    }
}
