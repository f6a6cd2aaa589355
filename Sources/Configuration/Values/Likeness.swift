/// Which known word a mistyped one was meant to be.
public enum Likeness {
    /// The closest candidate that is close enough to be meant; the first of equals.
    public static func closest(to word: String, among candidates: [String]) -> String? {
        let folded = fold(word)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let other = fold(candidate)
            // Each edit changes the length by one at most, so most long words need no comparison.
            guard abs(folded.count - other.count) <= editsMax else { continue }
            let distance = distance(folded, other)
            guard distance < best?.distance ?? .max, isClose(distance, folded, candidate) else {
                continue
            }
            best = (candidate, distance)
        }
        return best?.name ?? candidates.first { isPart(folded, of: fold($0)) }
    }

    /// Damerau and Levenshtein's: insertions, deletions, substitutions, swaps of neighbours (each
    /// part of the text edited once). Linear in the product of both lengths, which are bounded.
    static func distance(_ first: String, _ second: String) -> Int {
        let left = Array(first.unicodeScalars.prefix(80))
        let right = Array(second.unicodeScalars.prefix(80))
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(
                    previous[column] + (isSame ? 0 : 1),
                    previous[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            (before, previous) = (previous, current)
        }
        return previous[right.count]
    }

    /// Edits that are forgiven at most.
    private static let editsMax = 3

    private static func isClose(_ distance: Int, _ word: String, _ candidate: String) -> Bool {
        let length = max(word.count, candidate.count)
        return distance <= (length <= 3 ? 1 : length <= 6 ? 2 : editsMax)
            && distance < min(word.count, candidate.count)
    }

    /// Case and separators are no difference: `pageSize` is `page_size`.
    private static func fold(_ word: String) -> String {
        word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "." }
    }

    private static func isPart(_ word: String, of candidate: String) -> Bool {
        word.count >= 3 && (candidate.hasPrefix(word) || candidate.hasSuffix(word))
            || candidate.count >= 3 && (word.hasPrefix(candidate) || word.hasSuffix(candidate))
    }
}
