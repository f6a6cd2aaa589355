import TestKit
import Testing

@testable import JSONText

/// The standard library's validation is the oracle.
@Suite("UTF8Check")
struct UTF8CheckTests {
    private static func isValid(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }

    private static func isAccepted(_ bytes: [UInt8]) -> Bool { UTF8Check.isValid(bytes.span) }

    @Test(
        "Every start of a character and every byte behind it is judged as the standard library does"
    )
    func starts() {
        for lead in UInt8(0x80)...0xFF {
            for second in UInt8.min...0xFF {
                for rest in [[], [0x80], [0xBF], [0xC0], [0x80, 0x80], [0xBF, 0x7F]] as [[UInt8]] {
                    let bytes = [lead, second] + rest
                    #expect(Self.isAccepted(bytes) == Self.isValid(bytes))
                }
            }
        }
    }

    @Test("A wrong byte is found in every place among letters of every length")
    func places() {
        for letter in ["a", "é", "镜", "😀"] {
            for count in [0, 1, 7, 8, 9, 31, 32, 33, 70] {
                let text =
                    String(repeating: "a", count: count) + String(repeating: letter, count: 9)
                let bytes = Array((text + "tail of the text").utf8)
                #expect(Self.isAccepted(bytes))
                for index in bytes.indices {
                    var changed = bytes
                    changed[index] ^= 0x80
                    #expect(Self.isAccepted(changed) == Self.isValid(changed))
                    let cut = Array(bytes.prefix(index))
                    #expect(Self.isAccepted(cut) == Self.isValid(cut))
                }
            }
        }
    }

    @Test("Random bytes are judged alike", arguments: [1, 2, 3])
    func random(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let alphabet: [UInt8] = [
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE4, 0xED, 0xEF,
            0xF0,
            0xF4, 0xF5,
        ]
        for _ in 0..<20_000 {
            let bytes = (0..<random.next() % 12).map { _ in
                alphabet[Int(random.next() % UInt64(alphabet.count))]
            }
            #expect(Self.isAccepted(bytes) == Self.isValid(bytes))
        }
    }

    @Test(
        "A text that begins and ends as a well-formed one does is judged by what is between",
        arguments: [1, 2]
    )
    func between(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let letters = ["a", "é", "镜", "像", "😀", "z"]
        for _ in 0..<5_000 {
            let known = Array((0..<8).map { _ in letters[Int(random.next() % 6)] }.joined().utf8)
            let start = Int(random.next() % UInt64(known.count))
            let end = start + Int(random.next() % UInt64(known.count - start))
            let other = (0..<random.next() % 4).map { _ in
                UInt8(truncatingIfNeeded: random.next() % 8 * 0x21)
            }
            let text = Array(known[..<start]) + other + Array(known[end...])
            let isValid = UTF8Check.isValid(text.span, from: start, to: start + other.count)
            #expect(isValid == Self.isValid(text))
        }
    }
}
