import Testing

@testable import Catalogs

@Suite struct LowerCaseTests {
    private func lowered(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        LowerCase.append(text.utf8.span, to: &bytes)
        return bytes
    }

    @Test("Texts lower-case as Unicode says, whatever their script")
    func texts() {
        let texts = [
            "", "Ubuntu 22.04 LTS", "CentOS 64位 基础镜像", "Ümlaut ÄÖÜ", "ΣΑΣ", "İstanbul", "ＡＢＣ，x",
            "Ⓐ Ꙁ Ⱥ", "日本語 ABC カタカナ", "😀 SMILE", "한국어 KOREAN",
        ]
        for text in texts { #expect(lowered(text) == Array(text.lowercased().utf8)) }
    }

    @Test("Every scalar between ASCII letters lower-cases as it does alone")
    func scalars() {
        for value in UInt32(0x80)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "A\(scalar)Z"
            if lowered(text) != Array(text.lowercased().utf8) { Issue.record("U+\(value)") }
        }
    }
}
