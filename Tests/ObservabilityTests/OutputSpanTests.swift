import Testing

@testable import Observability

@Suite struct OutputSpanTests {
    private func bytes(_ body: (inout OutputSpan<UInt8>) -> Void) -> String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 200, initializingWith: body)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Numbers are written as they are, with zeros in front where asked for")
    func decimals() {
        let numbers = [
            0, 7, 10, 42, 99, 100, 404, 65_535, 1_234_567_890, 9_999_999_999_999_999,
            10_000_000_000_000_000, .max,
        ]
        for number in numbers {
            #expect(bytes { $0.append(decimal: number) } == "\(number)")
        }
        for number in (0...10_000).map({ $0 * 9_999 + 7 }) + [99_999_999, 100_000_000] {
            #expect(bytes { $0.append(decimal: number) } == "\(number)")
        }
        #expect(bytes { $0.append(decimal: 7, digitCountMin: 3) } == "007")
        #expect(bytes { $0.append(decimal: 7, digitCountMin: 12) } == "000000000007")
        #expect(bytes { $0.append(decimal: 0, digitCountMin: 8) } == "00000000")
        #expect(bytes { $0.append(decimal: 1_234, digitCountMin: 3) } == "1234")
        #expect(bytes { $0.append(decimal: -5) } == "0")
    }

    @Test("Where there is no room for eight digits, fewer are written as well")
    func narrow() {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 3) { $0.append(decimal: 123) }
        #expect(bytes == Array("123".utf8))
    }

    @Test("A request id is written as it describes itself")
    func requestIDs() {
        var generator = RequestIDGenerator(processSeed: 3, loop: 1)
        for _ in 0..<40 {
            let id = generator.next()
            #expect(bytes { $0.append(id) } == id.description)
        }
    }

    private func isPlain(_ text: String) -> Bool { text.utf8.span.isPlainText }
    private func mayBeLogged(_ target: String) -> Bool {
        TargetRedaction(showing: ["q"]).isPlain(target.utf8.span)
    }

    @Test("Texts are plain unless something in them must be escaped")
    func plainTexts() {
        for text in ["", "abc /v1/images?limit=2&q=%20", "~!#$"] {
            #expect(isPlain(text))
            #expect(bytes { $0.append(text.utf8.span) } == text)
        }
        for text in ["\"", "\\", "a\n", "\u{7F}", "é"] { #expect(!isPlain(text)) }
        #expect(!mayBeLogged("/v1/images?api_key=x"))
        #expect(!mayBeLogged(String(repeating: "x", count: 2_000)))
        #expect(mayBeLogged("/v1/images?q=x"))
    }
}
