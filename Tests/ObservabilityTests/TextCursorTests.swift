import Testing

@testable import Observability

@Suite struct TextCursorTests {
    private func bytes(_ byteCountMax: Int = 200, _ body: (inout TextCursor) -> Void) -> String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: byteCountMax) { $0.withTextCursor(body) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Numbers are written as they are")
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
        #expect(bytes { $0.append(decimal: -5) } == "0")
    }

    @Test("Where there is no room for eight digits, fewer are written as well")
    func narrow() {
        for number in [7, 10, 123] {
            let text = "\(number)"
            #expect(bytes(text.utf8.count) { $0.append(decimal: number) } == text)
        }
        #expect(bytes(3) { $0.append(decimal: -1) } == "0")
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
