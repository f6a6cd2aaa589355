/// Which known word a mistyped one was meant to be.
public enum Likeness {
    /// The closest candidate that is close enough to be meant; the first of equals. Linear in the length of
    /// all words: a client may send hundreds of mistyped ones.
    public static func closest(to word: String, among candidates: [String]) -> String? {
        let folded = fold(word)
        var best: (name: String, distance: Int)?
        var part: String?
        for candidate in candidates {
            let other = fold(candidate)
            let distance = distance(folded, other)
            if distance < best?.distance ?? .max, isClose(distance, folded, other) {
                best = (candidate, distance)
            }
            if part == nil, isPart(folded, of: other) { part = candidate }
        }
        return best?.name ?? part
    }

    /// Whether the word is one of the candidates but for slips of the hand. A digit is none, nor a word that goes on
    /// behind a candidate: so begin secrets.
    static func isTypingError(_ word: String, of candidates: [String]) -> Bool {
        let folded = fold(word)
        return folded.allSatisfy(ASCII.isLetter)
            && candidates.map(fold).contains { isClose(distance(folded, $0), folded, $0) }
    }

    /// Damerau and Levenshtein's: insertions, deletions, substitutions, swaps of neighbours (each part of the
    /// text edited once), a byte each. More than `editsMax` are `editsMax + 1`.
    static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        guard abs(first.count - second.count) <= editsMax else { return editsMax + 1 }
        // Of the table only the cells that `editsMax` edits can reach: in each row those up to `editsMax`
        // beside the diagonal, which stands in the middle.
        var before = Band(repeating: editsMax + 1)
        var previous = before
        for edits in 0...editsMax { previous[editsMax + edits] = edits }
        for row in first.indices {
            var current = Band(repeating: editsMax + 1)
            for place in current.indices {
                let column = row + place - editsMax
                if column == -1 { current[place] = row + 1 }
                guard second.indices.contains(column) else { continue }
                var cost = previous[place] + (first[row] == second[column] ? 0 : 1)
                if place < current.count - 1 { cost = min(cost, previous[place + 1] + 1) }
                if place > 0 { cost = min(cost, current[place - 1] + 1) }
                if row > 0, column > 0, first[row] == second[column - 1],
                    first[row - 1] == second[column]
                {
                    cost = min(cost, before[place] + 1)
                }
                current[place] = cost
            }
            (before, previous) = (previous, current)
        }
        return min(previous[editsMax + second.count - first.count], editsMax + 1)
    }

    /// Case and separators are no difference: `pageSize` is `page_size`.
    static func fold(_ word: String) -> [UInt8] {
        var bytes = Array(word.lowercased().utf8)
        bytes.removeAll {
            $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        return bytes
    }

    private typealias Band = InlineArray<7, Int>
    /// Edits that are forgiven at most; a band reaches so far to both sides.
    private static let editsMax = Band.count / 2

    private static func isClose(_ distance: Int, _ word: [UInt8], _ candidate: [UInt8]) -> Bool {
        let length = max(word.count, candidate.count)
        return distance <= (length <= 3 ? 1 : length <= 6 ? 2 : editsMax)
            && distance < min(word.count, candidate.count)
    }

    private static func isPart(_ word: [UInt8], of candidate: [UInt8]) -> Bool {
        word.count >= 3 && (candidate.starts(with: word) || candidate.ends(with: word))
            || candidate.count >= 3 && (word.starts(with: candidate) || word.ends(with: candidate))
    }
}

extension [UInt8] {
    fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
