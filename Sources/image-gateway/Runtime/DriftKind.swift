/// What was wrong with a member, as a metric's label: the words of drift name members of somebody else's
/// answers, of which there is no end.
enum DriftKind: String, CaseIterable {
    case unknown, vanished, disagreement
    case type, missing, value, range, date
    case other

    /// The kind of `unknown:NAME` or `NAME:type`.
    init(word: String) {
        let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let first = parts.first.flatMap { DriftKind(rawValue: String($0)) }
        let last = parts.last.flatMap { DriftKind(rawValue: String($0)) }
        switch first {
        case .unknown, .vanished, .disagreement: self = first ?? .other
        default: self = last ?? .other
        }
    }

    /// Every kind with its count, those that never occurred too, so that rates begin at zero.
    static func counts(_ drift: [String: Int]) -> [(kind: String, count: Int)] {
        var counts: [DriftKind: Int] = [:]
        for (word, count) in drift { counts[DriftKind(word: word), default: 0] += count }
        return allCases.map { ($0.rawValue, counts[$0] ?? 0) }
    }
}
