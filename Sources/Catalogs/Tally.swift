import ImageModel

/// Counts of the matches by value. Rows are counted by profile first, so that each further field costs no
/// further look at the rows.
struct Tally {
    private let parts: [Catalog.Part]
    /// By part and profile; empty where nobody asks for more than the number of rows.
    private let counts: [[Int]]
    /// Matches by part.
    private let totals: [Int]
    private let upstreams: [String]

    init(
        _ parts: [Catalog.Part],
        _ matches: [RowSet],
        _ upstreams: [String],
        countsValues: Bool
    ) {
        self.parts = parts
        self.upstreams = upstreams
        let totals = matches.map(\.count)
        self.totals = totals
        counts = parts.indices.map { index in
            let snapshot = parts[index].snapshot
            let isOverlay = snapshot.sourceLists.count > 1
            if !countsValues && !isOverlay { return [] }
            if totals[index] == snapshot.count { return snapshot.profileCounts }
            return Tally.counts(matches[index], snapshot)
        }
    }

    private static func counts(_ rows: RowSet, _ snapshot: Snapshot) -> [Int] {
        var counts = [Int](repeating: 0, count: snapshot.profiles.count)
        let profiles = snapshot.rows.profiles
        rows.forEach { counts[Int(profiles[$0])] += 1 }
        return counts
    }

    var total: Int { totals.reduce(0, +) }

    var byUpstream: [String: Int] {
        var result: [String: Int] = [:]
        for upstream in upstreams { result[upstream] = 0 }
        for (index, part) in parts.enumerated() {
            let lists = part.snapshot.sourceLists
            if lists.count == 1 {
                for source in lists[0] { result[source, default: 0] += totals[index] }
                continue
            }
            for (profile, count) in zip(part.snapshot.profiles, counts[index]) {
                for source in lists[Int(profile.sources)] { result[source, default: 0] += count }
            }
        }
        return result
    }

    /// The largest count first, then bytewise.
    func counts(_ field: FacetField) -> [(value: String, count: Int)] {
        let result = field.column.map(byValue) ?? byUpstream.filter { $0.value > 0 }
        return result.map { (value: $0.key, count: $0.value) }.sorted { left, right in
            left.count != right.count
                ? left.count > right.count
                : ByteOrder.compare(left.value.utf8.span, right.value.utf8.span) < 0
        }
    }

    private func byValue(_ column: Profile.Column) -> [String: Int] {
        var result: [String: Int] = [:]
        for (part, counts) in zip(parts, counts) {
            let values = part.snapshot.column(column)
            var byToken = [Int](repeating: 0, count: values.texts.count)
            for (profile, count) in zip(part.snapshot.profiles, counts) {
                byToken[profile[column]] += count
            }
            for (token, count) in byToken.enumerated() where count > 0 {
                result[values.label(token), default: 0] += count
            }
        }
        return result
    }
}

extension ImageField {
    /// `nil` for the upstream, which is not a value of the image.
    var column: Profile.Column? {
        switch self {
        case .provider: .provider
        case .region: .region
        case .upstream: nil
        case .family: .family
        case .distribution: .distribution
        case .version: .version
        case .architecture: .architecture
        case .visibility: .visibility
        case .status: .status
        }
    }
}
