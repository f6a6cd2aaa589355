import Testing

@testable import Configuration

@Suite("Likeness")
struct LikenessTests {
    @Test(
        "Insertions, deletions, substitutions and swaps of neighbours cost one each",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ttl", "ttl", 0), ("tll", "ttl", 1),
            ("tlt", "ttl", 1), ("endpiont", "endpoint", 1), ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ]
    )
    func distance(first: String, second: String, distance: Int) {
        #expect(Likeness.distance(Array(first.utf8), Array(second.utf8)) == distance)
        #expect(Likeness.distance(Array(second.utf8), Array(first.utf8)) == distance)
    }

    @Test("The distance is the whole table's where it is forgiven, and beyond that too far")
    func band() {
        // Every word of up to four letters out of three, and some that are long.
        let short = (0..<4).reduce([[[UInt8]()]]) { words, _ in
            words + [words[words.count - 1].flatMap { word in (0..<3).map { word + [$0] } }]
        }
        let long = [
            "endpoint", "endpiont", "edpoints", "call_timeout", "timeout_call", "endpoint.s",
        ]
        let words = short.flatMap(\.self) + long.map { Array($0.utf8) }
        for first in words {
            let wrong = words.filter {
                Likeness.distance(first, $0) != min(Self.tableDistance(first, $0), 4)
            }
            #expect(wrong.isEmpty, "\(first)")
        }
    }

    /// The textbook's table, whole.
    private static func tableDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var table = [[Int]](repeating: Array(0...second.count), count: first.count + 1)
        for row in first.indices {
            table[row + 1][0] = row + 1
            for column in second.indices {
                let isSame = first[row] == second[column]
                table[row + 1][column + 1] = min(
                    table[row][column] + (isSame ? 0 : 1),
                    table[row][column + 1] + 1,
                    table[row + 1][column] + 1
                )
                guard row > 0, column > 0, first[row] == second[column - 1],
                    first[row - 1] == second[column]
                else { continue }
                table[row + 1][column + 1] = min(
                    table[row + 1][column + 1],
                    table[row - 1][column - 1] + 1
                )
            }
        }
        return table[first.count][second.count]
    }

    @Test(
        "The closest word is meant, whatever its case and separators",
        arguments: [
            ("pageSize", "page_size"), ("page-size", "page_size"), ("tll", "ttl"), ("TTL", "ttl"),
            ("retry", "retries"), ("endpoints", "endpoint"), ("huawei", "huawei-ims"),
            ("timeout", "call_timeout"),
        ]
    )
    func closest(word: String, meant: String) {
        let known = ["ttl", "page_size", "retries", "endpoint", "huawei-ims", "call_timeout", "id"]
        #expect(Likeness.closest(to: word, among: known) == meant)
    }

    @Test("A word that resembles nothing means nothing", arguments: ["zzz", "x", "", "colour"])
    func nothing(word: String) {
        #expect(Likeness.closest(to: word, among: ["ttl", "id", "endpoint", "tags"]) == nil)
    }

    @Test(
        "A typing error is near a word, made of letters, and no longer word around it",
        arguments: [
            ("tokne", true), ("secretKey", true), ("secret-kye", true), ("TOKEN", true),
            ("t0ken", false), ("token1", false), ("token hunter", false), ("tokenhunter", false),
            ("hunter_token", false), ("hunter", false), ("__", false),
            ("", false),
        ]
    )
    func typingErrors(word: String, isOne: Bool) {
        #expect(Likeness.isTypingError(word, of: ["token", "secret_key"]) == isOne)
    }
}
