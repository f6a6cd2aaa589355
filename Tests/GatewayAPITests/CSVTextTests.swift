import GatewayAPI
import Testing

@Suite("CSVText")
struct CSVTextTests {
    @Test("A record ends in CRLF and quotes exactly what needs it (RFC 4180)")
    func record() {
        #expect(CSVText.line(["a", "", "b c", "=1+1"]) == "a,,b c,=1+1\r\n")
        #expect(
            CSVText.line(["a,b", "say \"hi\"", "x\ny", "z\r"])
                == "\"a,b\",\"say \"\"hi\"\"\",\"x\ny\",\"z\r\"\r\n"
        )
        #expect(CSVText.line([" a", "b "]) == "\" a\",\"b \"\r\n")
    }

    @Test("A separator with a combining mark behind it is still quoted")
    func combining() {
        #expect(CSVText.line(["a,\u{301}b"]) == "\"a,\u{301}b\"\r\n")
        #expect(Array(CSVText.line(["\"\u{301}"]).utf8) == Array("\"\"\"\u{301}\"\r\n".utf8))
    }
}
