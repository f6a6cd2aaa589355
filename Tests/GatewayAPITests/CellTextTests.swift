import GatewayAPI
import Testing

@Suite("CellText")
struct CellTextTests {
    @Test(
        "A text fills two cells per wide character, none per combining mark, one per other",
        arguments: [
            ("", 0), ("ubuntu 22.04", 12), ("测试镜像", 8), ("ｆｕｌｌ", 8), ("ｶﾅ", 2),
            ("한글", 4), ("e\u{301}", 1), ("नि", 2), ("é", 1), ("👩‍💻", 2), ("🇨🇳", 2), ("☎\u{FE0F}", 2),
            ("第1行 a", 7), ("\u{1112}\u{1161}\u{11AB}", 2),
        ]
    )
    func width(_ text: String, _ cells: Int) {
        #expect(CellText.width(text) == cells)
    }

    @Test(
        "Whatever could steer a terminal is made visible",
        arguments: [
            ("\u{1B}[31mred", "␛[31mred"), ("a\nb\tc\0", "a␊b␉c␀"), ("\u{7F}", "␡"),
            ("\u{9B}2J", "<U+009B>2J"), ("a\u{202E}b", "a<U+202E>b"), ("a\u{2028}b", "a<U+2028>b"),
            ("\r\n", "␍␊"), ("plain 文字 e\u{301}", "plain 文字 e\u{301}"),
        ]
    )
    func visible(_ text: String, _ shown: String) {
        #expect(CellText.visible(text) == shown)
    }

    @Test("No control character of the first two blocks survives")
    func controls() {
        for value in Array(0..<0x20) + Array(0x7F..<0xA0) {
            let shown = CellText.visible(Unicode.Scalar(UInt32(value)).map { String($0) } ?? "")
            #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
    }

    @Test(
        "A cut text fills at most its cells and says that something is missing",
        arguments: [
            ("ubuntu", 6, "ubuntu"), ("ubuntu", 5, "ubun…"), ("ubuntu", 1, "…"), ("ubuntu", 0, ""),
            ("测试镜像", 8, "测试镜像"), ("测试镜像", 7, "测试镜…"), ("测试镜像", 6, "测试…"),
            ("测试镜像", 2, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ]
    )
    func cut(_ text: String, _ cells: Int, _ kept: String) {
        #expect(CellText.cut(text, to: cells) == kept)
        #expect(CellText.width(CellText.cut(text, to: cells)) <= cells)
    }

    @Test("Padding counts cells, not characters")
    func padding() {
        #expect(CellText.padded("测试", to: 6) == "测试  ")
        #expect(CellText.padded("7", to: 3, isRightAligned: true) == "  7")
        #expect(CellText.padded("ubuntu", to: 3) == "ubuntu")
    }
}
