import ImageModel

/// Counts of the matches by value. Rows are counted by profile first, so that each further field costs no
/// further look at the rows.
struct Tally {
    private let parts: [Catalog.Part]
    /// By part: the profiles that occur; empty where nobody asks for more than the number of rows.
    private let counts: [[ProfileCount]]
    private let upstreams: [String]
    /// Images that match.
    let total: Int
    /// By upstream: its images among the matches.
    let byUpstream: [Int]

    private struct ProfileCount {
        let profile: UInt32
        let count: UInt32
    }

    init(
        _ parts: [Catalog.Part],
        _ matches: [RowMatches],
        _ upstreams: [String],
        countsValues: Bool
    ) {
        self.parts = parts
        self.upstreams = upstreams
        total = matches.reduce(0) { $0 + $1.count }
        let counts = zip(parts, matches).map { part, matches in
            countsValues || part.isOverlay ? Tally.occurring(matches, part.snapshot) : []
        }
        self.counts = counts
        // Snapshots stand in the order of the upstreams, the overlay behind them.
        byUpstream = upstreams.enumerated().map { index, upstream in
            zip(parts, counts).reduce(matches[index].count) { sum, entry in
                guard entry.0.isOverlay else { return sum }
                return sum + Tally.count(of: upstream, entry.0.snapshot, entry.1)
            }
        }
    }

    /// Most filters leave few of the profiles.
    private static func occurring(_ matches: RowMatches, _ snapshot: Snapshot) -> [ProfileCount] {
        counts(matches, snapshot).enumerated().compactMap { profile, count in
            count == 0 ? nil : ProfileCount(profile: UInt32(profile), count: count)
        }
    }

    private static func counts(_ matches: RowMatches, _ snapshot: Snapshot) -> [UInt32] {
        if case .all = matches { return snapshot.profileCounts }
        var counts = [UInt32](repeating: 0, count: snapshot.profiles.count)
        // Unchecked: tokens of profiles are below their count, rows below the number of rows.
        counts.withUnsafeMutableBufferPointer { counts in
            snapshot.rows.profiles.withUnsafeBufferPointer { profiles in
                matches.forEach { counts[Int(profiles[$0])] &+= 1 }
            }
        }
        return counts
    }

    private static func count(
        of upstream: String,
        _ overlay: Snapshot,
        _ counts: [ProfileCount]
    ) -> Int {
        let lists = overlay.sourceLists.map { $0.contains(upstream) }
        return counts.reduce(0) { sum, entry in
            let sources = overlay.profiles[Int(entry.profile)].sources
            return lists[Int(sources)] ? sum + Int(entry.count) : sum
        }
    }

    /// The largest count first, then bytewise.
    func counts(_ field: FacetField) -> [(value: String, count: Int)] {
        let result =
            field.column.map(byValue)
            ?? zip(upstreams, byUpstream).filter { $0.1 > 0 }.map { (value: $0.0, count: $0.1) }
        return result.sorted { left, right in
            left.count != right.count
                ? left.count > right.count
                : ByteOrder.compare(left.value.utf8.span, right.value.utf8.span) < 0
        }
    }

    private func byValue(_ column: Profile.Column) -> [(value: String, count: Int)] {
        var result: [String: Int] = [:]
        for (part, counts) in zip(parts, counts) {
            let values = part.snapshot.column(column)
            var byToken = [Int](repeating: 0, count: values.texts.count)
            let profiles = part.snapshot.profiles
            for entry in counts {
                byToken[profiles[Int(entry.profile)][column]] += Int(entry.count)
            }
            for (token, count) in byToken.enumerated() where count > 0 {
                result[values.label(token), default: 0] += count
            }
        }
        return result.map { (value: $0.key, count: $0.value) }
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
