import Testing

@testable import JSONText

@Suite("SameBytes")
struct SameBytesTests {
    @Test("Texts are the same where every byte is, whichever one differs")
    func differences() {
        for count in [0, 1, 15, 16, 17, 31, 32, 63, 64, 65, 79, 80, 81, 127, 128, 200] {
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(areSame(text, Array(text)))
            for index in text.indices {
                var other = text
                other[index] ^= 0x80
                #expect(!areSame(text, other), "byte \(index) of \(count)")
            }
            #expect(!areSame(text, text + [0]))
        }
    }

    @Test("Where texts begin to differ, and from where on they end alike, is told to the byte")
    func ends() {
        for count in [1, 7, 8, 9, 63, 64, 65, 72, 130, 200] {
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            for index in text.indices {
                var other = text
                other[index] ^= 0x01
                #expect(beginning(text, other) == index)
                #expect(end(text, other) == count - 1 - index)
            }
            #expect(beginning(text, text) == count)
            #expect(end(text, text) == count)
        }
    }

    private func beginning(_ one: [UInt8], _ other: [UInt8]) -> Int {
        HeldText(one).beginning(with: HeldText(other))
    }

    private func end(_ one: [UInt8], _ other: [UInt8]) -> Int {
        HeldText(one).end(with: HeldText(other), behind: 0)
    }

    private func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        SameBytes.areSame(one.span, other.span)
    }
}
