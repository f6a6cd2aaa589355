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

    @Test(
        "An id is printable and of one width, whatever the count",
        arguments: [
            (0x1F, "00000000000000ab-00000000001f"), (1 << 32, "00000000000000ab-000100000000"),
            ((1 << 48) - 1, "00000000000000ab-ffffffffffff"),
            (1 << 48, "00000000000000ab-000000000000"),
        ] as [(UInt64, String)]
    )
    func printed(count: UInt64, expected: String) {
        let id = RequestID(seed: 0xAB, count: count)
        #expect(id.description == expected)
        #expect(id.description.utf8.count == RequestID.byteCount)
        var bytes = Array("<\(RequestID(seed: .max, count: .max))>".utf8)
        id.write(over: &bytes, at: 1)
        #expect(String(decoding: bytes, as: UTF8.self) == "<\(expected)>")
    }

    @Test("Ids count up from one")
    func counting() {
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
