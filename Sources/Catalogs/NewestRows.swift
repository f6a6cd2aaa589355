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
    private let groups: [[Int]]
    private let versions: [[Int]]
    private var best: [Candidate?]

    init(_ parts: [Catalog.Part], _ fields: [ImageField]) {
        self.parts = parts
        versions = NewestRows.versionNumbers(parts.map(\.snapshot))
        var numbers = ProfileGroups(parts.map(\.snapshot))
        for field in fields { numbers.divide(by: field) }
        let count = numbers.renumber()
        groups = numbers.groups
        best = Array(repeating: nil, count: count)
    }

    var candidates: [Candidate] { best.compactMap(\.self) }

    mutating func consider(_ matches: RowMatches, ofPart part: Int) {
        let snapshot = parts[part].snapshot
        for (profile, row) in NewestRows.newest(matches, snapshot).enumerated() where row >= 0 {
            let candidate = Candidate(
                part: part,
                row: row,
                version: versions[part][profile],
                created: snapshot.rows.created[row]
            )
            let group = groups[part][profile]
            if let other = best[group], !isNewer(candidate, other) { continue }
            best[group] = candidate
        }
    }

    /// By profile the newest row, of equally new ones that with the largest id; -1 where none matches. Rows
    /// stand newest first, then by id, so it is the last row with the date of the first.
    private static func newest(_ matches: RowMatches, _ snapshot: Snapshot) -> [Int] {
        var newest = [Int](repeating: -1, count: snapshot.profiles.count)
        let created = snapshot.rows.created
        newest.withUnsafeMutableBufferPointer { newest in
            snapshot.rows.profiles.withUnsafeBufferPointer { profiles in
                matches.forEach { row in
                    let profile = Int(profiles[row])
                    if newest[profile] < 0 || created[newest[profile]] == created[row] {
                        newest[profile] = row
                    }
                }
            }
        }
        return newest
    }

    /// A missing date is the smallest number, so it is the oldest.
    private func isNewer(_ candidate: Candidate, _ other: Candidate) -> Bool {
        if candidate.version != other.version { return candidate.version > other.version }
        if candidate.created != other.created { return candidate.created > other.created }
        let (snapshot, otherSnapshot) = (parts[candidate.part].snapshot, parts[other.part].snapshot)
        return snapshot.compareID(candidate.row, otherSnapshot, other.row) > 0
    }

    /// By snapshot and profile: numbers that order like the versions do, over all snapshots; 0 is unknown.
    private static func versionNumbers(_ snapshots: [Snapshot]) -> [[Int]] {
        let texts = Set(snapshots.flatMap { $0.column(.version).texts.compactMap(\.self) })
        let sorted = texts.map { (text: $0, key: Array($0.utf8.prefix(ImageOrder.textBytesMax))) }
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
