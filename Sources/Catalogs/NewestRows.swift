import ImageModel

/// The newest row of each group so far. Groups and versions belong to profiles, so they become numbers once
/// per profile and rows compare by numbers.
struct NewestRows {
    struct Candidate {
        let part: Int
        let row: Int
        let version: Int
        let created: Int64
    }

    private let parts: [Catalog.Part]
    /// By part and profile.
    private var groups: [[Int]] = []
    private let versions: [[Int]]
    private var best: [Candidate?]

    init(_ parts: [Catalog.Part], _ fields: [ImageField]) {
        self.parts = parts
        versions = NewestRows.versionNumbers(parts.map(\.snapshot))
        var numbers: [[String]: Int] = [:]
        for part in parts {
            groups.append(
                part.snapshot.profiles.map { profile in
                    let name = NewestRows.group(of: profile, fields, part.snapshot)
                    let number = numbers[name] ?? numbers.count
                    numbers[name] = number
                    return number
                }
            )
        }
        best = Array(repeating: nil, count: numbers.count)
    }

    var candidates: [Candidate] { best.compactMap(\.self) }

    mutating func consider(_ rows: RowSet, ofPart part: Int) {
        let columns = parts[part].snapshot.rows
        let (groups, versions) = (groups[part], versions[part])
        rows.forEach { row in
            let profile = Int(columns.profiles[row])
            let candidate = Candidate(
                part: part,
                row: row,
                version: versions[profile],
                created: columns.created[row]
            )
            if let other = best[groups[profile]], !isNewer(candidate, other) { return }
            best[groups[profile]] = candidate
        }
    }

    /// A missing date is the smallest number, so it is the oldest.
    private func isNewer(_ candidate: Candidate, _ other: Candidate) -> Bool {
        if candidate.version != other.version { return candidate.version > other.version }
        if candidate.created != other.created { return candidate.created > other.created }
        let left = parts[candidate.part].snapshot.idBytes(candidate.row)
        return ByteOrder.compare(left, parts[other.part].snapshot.idBytes(other.row)) > 0
    }

    private static func group(
        of profile: Profile,
        _ fields: [ImageField],
        _ snapshot: Snapshot
    ) -> [String] {
        fields.map { field in
            if let column = field.column { return snapshot.column(column).label(profile[column]) }
            return snapshot.sourceLists[Int(profile.sources)].first ?? ""
        }
    }

    /// By snapshot and profile: numbers that order like the versions do, over all snapshots; 0 is unknown.
    private static func versionNumbers(_ snapshots: [Snapshot]) -> [[Int]] {
        let texts = Set(snapshots.flatMap { $0.column(.version).texts.compactMap(\.self) })
        let sorted = texts.map { (text: $0, key: OrderValue.text($0)) }
            .sorted { VersionOrder.compare($0.key, $1.key) < 0 }
        var (numbers, number): ([String: Int], Int) = ([:], 0)
        for (index, item) in sorted.enumerated() {
            let isEqual = index > 0 && VersionOrder.compare(sorted[index - 1].key, item.key) == 0
            if !isEqual { number += 1 }
            numbers[item.text] = number
        }
        return snapshots.map { snapshot in
            let versions = snapshot.column(.version).texts
            let byToken = versions.map { $0.flatMap { numbers[$0] } ?? 0 }
            return snapshot.profiles.map { byToken[$0[.version]] }
        }
    }
}
