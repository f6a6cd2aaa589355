import Testing

@testable import Observability

struct RequestIDTests {
    @Test("Ids of several loops of one process never meet")
    func unique() {
        var seen: Set<String> = []
        for loop in 0..<8 {
            var generator = RequestIDGenerator(processSeed: 1, loop: loop)
            for _ in 0..<500 { seen.insert(generator.next().description) }
        }
        #expect(seen.count == 4_000)
    }

    @Test("An id is printable, of fixed length, and counts up")
    func printed() {
        #expect(RequestID(seed: 0xAB, count: 0x1F).description == "00000000000000ab-0000001f")
        #expect(
            RequestID(seed: 1, count: 1 << 32).description == "0000000000000001-0000000100000000"
        )
        var generator = RequestIDGenerator(processSeed: 1, loop: 0)
        #expect(generator.next().count == 1)
        #expect(generator.next().count == 2)
    }

    @Test("The seeded generator yields SplitMix64's published numbers")
    func splitMix() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }
}
