import TestKit
import Testing

@testable import Catalogs

@Suite("Substring search")
struct SubstringSearchTests {
    /// Few letters, so that words begin, end and overlap everywhere.
    private static func text(_ count: Int, _ generator: inout SplitMix) -> [UInt8] {
        (0..<count).map { _ in [0x61, 0x62, 0xE9].randomElement(using: &generator) ?? 0x61 }
    }

    private static func naive(_ word: [UInt8], _ blob: [UInt8], step: Int) -> [Int] {
        var (found, offset): ([Int], Int) = ([], 0)
        while offset + word.count <= blob.count {
            if blob[offset..<offset + word.count].elementsEqual(word) {
                found.append(offset)
                offset += step
            } else {
                offset += 1
            }
        }
        return found
    }

    @Test("Finds each occurrence, wherever it lies and from wherever it is told to go on")
    func findsAll() {
        var generator = SplitMix(seed: 7)
        for blobCount in Array(0..<24) + [63, 64, 65, 79, 80, 81, 111, 143] {
            for wordCount in [1, 2, 3, 8, 11] {
                let blob = Self.text(blobCount, &generator)
                let word = Self.text(wordCount, &generator)
                for step in [1, 40] {
                    var found: [Int] = []
                    SubstringSearch.forEachOccurrence(of: word, in: blob.span) { offset in
                        found.append(offset)
                        return offset + step
                    }
                    #expect(found == Self.naive(word, blob, step: step))
                }
            }
        }
    }

    @Test("Finds the texts that contain a word, in one sweep and one by one")
    func findsTexts() throws {
        var generator = SplitMix(seed: 8)
        for wordCount in [1, 2, 3, 9] {
            let texts = (0..<70).map { _ in Self.text(Int(generator.next() % 40), &generator) }
            var table = TextTable()
            for text in texts { table.append(text) }
            let word = Self.text(wordCount, &generator)
            let needle = try #require(SubstringNeedle(word))
            let holders = texts.indices.filter { !Self.naive(word, texts[$0], step: 1).isEmpty }
            var found: [Int] = []
            table.forEach(containing: word) { found.append($0) }
            #expect(found == holders)
            #expect(texts.indices.filter { table.contains(needle, in: $0) } == holders)
        }
    }
}
