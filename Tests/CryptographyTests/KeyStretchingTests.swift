import Cryptography
import Testing

struct KeyStretchingTests {
    @Test("PBKDF2-HMAC-SHA-256 as in RFC 7914 §11")
    func vectors() {
        let one = KeyStretching.pbkdf2(
            Array("passwd".utf8),
            salt: Array("salt".utf8),
            rounds: 1,
            byteCount: 32
        )
        #expect(
            Hex.encode(one) == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        )
        let many = KeyStretching.pbkdf2(
            Array("Password".utf8),
            salt: Array("NaCl".utf8),
            rounds: 80_000,
            byteCount: 32
        )
        #expect(
            Hex.encode(many) == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        )
    }
}
