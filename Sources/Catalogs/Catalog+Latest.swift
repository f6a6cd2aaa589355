import ImageModel

extension Catalog {
    /// Newest means the version of the system, then the creation date, then the largest id; unknown values
    /// are the lowest.
    private struct Candidate {
        let part: Int
        let row: Int
    }

    /// Leaves the newest row of each group of equal values.
    func keepLatest(_ matches: inout [RowSet], by fields: [ImageField]) {
        var groups: [[String]: Candidate] = [:]
        for (index, part) in parts.enumerated() {
            let snapshot = part.snapshot
            let names = snapshot.profiles.map { group(of: $0, fields, snapshot) }
            matches[index].forEach { row in
                let candidate = Candidate(part: index, row: row)
                let name = names[Int(snapshot.rows.profiles[row])]
                if let best = groups[name], !isNewer(candidate, best) { return }
                groups[name] = candidate
            }
        }
        matches = parts.map { RowSet(rowCount: $0.snapshot.count) }
        for candidate in groups.values { matches[candidate.part].insert(candidate.row) }
    }

    private func group(
        of profile: Profile,
        _ fields: [ImageField],
        _ snapshot: Snapshot
    ) -> [String] {
        fields.map { field in
            if let column = field.column { return snapshot.column(column).label(profile[column]) }
            return snapshot.sourceLists[Int(profile.sources)].first ?? ""
        }
    }

    private func isNewer(_ candidate: Candidate, _ best: Candidate) -> Bool {
        let (left, right) = (parts[candidate.part].snapshot, parts[best.part].snapshot)
        for field in [ImageOrder.Field.version, .createdAt] {
            let result = OrderValue.compare(
                left.orderValue(candidate.row, field),
                right.orderValue(best.row, field),
                ImageOrder.Term(field, descending: true)
            )
            if result != 0 { return result < 0 }
        }
        return ByteOrder.compare(left.idBytes(candidate.row), right.idBytes(best.row)) > 0
    }
}
