import TestKit
import Testing

@testable import WebTokens

@Suite("KeySet")
struct KeySetTests {
    private func message(_ text: String) -> String? {
        do throws(KeySet.Failure) {
            _ = try KeySet(Array(text.utf8))
            return nil
        } catch {
            return error.message
        }
    }

    @Test("The example of RFC 7517 gives its RSA key and says why not the other")
    func published() throws {
        let set = try KeySet(Array(PublishedVectors.keySet.utf8))
        #expect(set.keys.map(\.id) == ["2011-04-29"])
        #expect(set.keys.map(\.algorithm) == [.rs256])
        #expect(set.remarks == ["keys[0] is not for signatures (use)"])
    }

    @Test("A set without a usable key says what is wrong with each")
    func unusable() throws {
        let signer = try TokenSigner(.ed25519)
        let cases: [(String, String)] = [
            (PublishedVectors.sharedKey, "shared secret"),
            (signer.publicKey(extra: "\"d\":\"AAAA\","), "private key"),
            (signer.publicKey(extra: "\"use\":\"enc\","), "(use)"),
            (signer.publicKey(extra: "\"key_ops\":[\"sign\"],"), "(key_ops)"),
            (signer.publicKey(extra: "\"alg\":\"RS256\","), "(alg)"),
            ("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}", "P-256"),
            (
                PublishedVectors.p256Key.replacing("x_FEzR", with: "x_FEzS"), "no point of P-256"
            ),
            ("{\"kty\":\"EC\",\"crv\":\"P-521\"}", "no kind used here"),
            ("{\"kty\":\"RSA\",\"n\":\"3Q\",\"e\":\"AQAB\"}", "2048 to 8192"),
            (PublishedVectors.rsaKey.replacing("AQAB", with: "AQ"), "2048 to 8192"),
            (PublishedVectors.rsaKey.replacing("AQAB", with: "Ag"), "2048 to 8192"),
            ("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", "no Ed25519 key"),
            ("7", "no object"),
        ]
        for (key, part) in cases {
            let text = try #require(message("{\"keys\":[\(key)]}"), "\(key)")
            #expect(text.hasPrefix("holds no usable key: keys[0] "), "\(text)")
            #expect(text.contains(part), "\(text) lacks \(part)")
        }
        #expect(message("{\"keys\":[]}") == "holds no usable key")
        let twice = signer.publicKey(extra: "\"kid\":\"two\",")
        let others = ["", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}", "<html>"]
        for text in others + ["{\"keys\":[\(twice)]}"] {
            #expect(message(text)?.hasPrefix("is no JSON Web Key Set") == true, "\(text)")
        }
    }

    @Test("A set has 256 KiB and 64 keys at most")
    func bounds() throws {
        let signer = try TokenSigner(.ed25519)
        func text(_ count: Int) -> String {
            let keys = (0..<count).map { signer.publicKey(id: "\($0)") }
            return "{\"keys\":[\(keys.joined(separator: ","))]}"
        }
        for count in [63, 64, 65] {
            let set = try KeySet(Array(text(count).utf8))
            #expect(set.keys.count == min(count, 64))
            #expect(set.remarks.isEmpty == (count <= 64))
        }
        let whole = text(1)
        let padding = String(repeating: " ", count: KeySet.byteCountMax - whole.utf8.count)
        #expect(message(whole + padding) == nil)
        #expect(message(whole + padding + " ") == "is larger than 256 KiB")
    }
}
