import TestKit
import Testing

@testable import Catalogs

@Suite struct WildcardsTests {
    /// By the definition: what the first part of the pattern may stand for, and then the rest.
    private static func matches(
        _ pattern: Substring.UnicodeScalarView,
        _ text: Substring.UnicodeScalarView
    )
        -> Bool
    {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" {
            return matches(rest, text) || !text.isEmpty && matches(pattern, text.dropFirst())
        }
        guard let scalar = text.first, first == "?" || first == scalar else { return false }
        return matches(rest, text.dropFirst())
    }

    private static func isMatch(_ wildcards: Wildcards, _ text: String) -> Bool {
        wildcards.match(text.utf8.span)
    }

    @Test("Names match letter by letter, lower-cased and not normalized")
    func letters() {
        let cases = [
            ("STRAßE", "Straße", true), ("strasse", "straße", false), ("STRAẞE", "straße", true),
            ("ΟΔΟΣ", "οδοσ", true), ("οδοσ", "οδος", false), ("οδο?", "ΟΔΟΣ", true),
            ("caf\u{E9}", "CAF\u{C9}", true), ("caf\u{E9}", "cafe\u{301}", false),
        ]
        for (pattern, name, isMatch) in cases {
            let lowered = LowerCase.bytes(of: name)
            #expect(NamePattern(pattern).matches(lowered.span) == isMatch, "\(pattern) \(name)")
        }
    }

    private static func text(_ words: [String], _ count: Int, _ generator: inout SplitMix) -> String
    {
        (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
    }

    @Test("Any pattern matches what it says, whole and in parts", arguments: 0..<8)
    func random(seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        for _ in 0..<4_000 {
            let words = ["a", "b", "é", "名", "😀"]
            let text = Self.text(words, Int.random(in: 0...7, using: &generator), &generator)
            let count = Int.random(in: 0...6, using: &generator)
            let pattern = Self.text(words + ["*", "?", "*", "?"], count, &generator)
            let expected = Self.matches(pattern[...].unicodeScalars, text[...].unicodeScalars)
            #expect(
                Self.isMatch(Wildcards(Array(pattern.utf8)), text) == expected,
                "\(pattern) and \(text)"
            )
        }
    }

    @Test(
        "Patterns of many parts match across the borders of words",
        arguments: [62, 63, 64, 65, 127, 128, 200]
    )
    func long(count: Int) {
        var generator = SplitMix(seed: UInt64(count))
        let text = Self.text(["a", "b", "名"], count, &generator)
        let others = String(repeating: "?", count: count)
        let shorter = String(String.UnicodeScalarView(text.unicodeScalars.dropLast()))
        for pattern in [text + "*", "*" + text, others, "*" + others, others + "*"] {
            let wildcards = Wildcards(Array(pattern.utf8))
            #expect(Self.isMatch(wildcards, text))
            #expect(Self.isMatch(wildcards, text + text) == pattern.contains("*"))
            #expect(!Self.isMatch(wildcards, shorter))
        }
    }
}
