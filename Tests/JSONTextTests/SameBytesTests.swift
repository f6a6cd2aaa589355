import JSONText
import Testing

@Suite("SameBytes")
struct SameBytesTests {
    @Test("Texts are the same where every byte is, whichever one differs")
    func differences() {
        for count in [0, 1, 15, 63, 64, 65, 127, 128, 200] {
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            #expect(SameBytes.areSame(text.span, Array(text).span))
            for index in text.indices {
                var other = text
                other[index] ^= 0x80
                #expect(!SameBytes.areSame(text.span, other.span), "byte \(index) of \(count)")
            }
            #expect(!SameBytes.areSame(text.span, (text + [0]).span))
        }
    }
}
