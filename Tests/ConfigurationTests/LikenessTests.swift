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
        #expect(Likeness.distance(first, second) == distance)
        #expect(Likeness.distance(second, first) == distance)
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
}
