import Cryptography
import TestKit
import Testing

@testable import WebTokens

@Suite("WebToken")
struct WebTokenTests {
    private let signer: TokenSigner
    private let keys: KeySet

    init() throws {
        signer = try TokenSigner(.ed25519)
        keys = try KeySet(Array(signer.keySet().utf8))
    }

    private func failure(_ token: String, _ keys: KeySet? = nil) -> TokenFailure? {
        do throws(TokenFailure) {
            try (keys ?? self.keys).verify(WebToken(Array(token.utf8)))
            return nil
        } catch {
            return error
        }
    }

    private func keySet(_ key: String) throws -> KeySet {
        try KeySet(Array("{\"keys\":[\(key)]}".utf8))
    }

    // MARK: Published examples

    @Test("The signed examples of RFC 7515 hold, each with its own key and with no other")
    func published() throws {
        let rsa = try keySet(PublishedVectors.rsaKey)
        let p256 = try keySet(PublishedVectors.p256Key)
        #expect(failure(PublishedVectors.rsaToken, rsa) == nil)
        #expect(failure(PublishedVectors.p256Token, p256) == nil)
        #expect(failure(PublishedVectors.rsaToken, p256) == .unknownKey)
        #expect(failure(PublishedVectors.p256Token, rsa) == .unknownKey)
        let set = try KeySet(Array(PublishedVectors.keySet.utf8))
        #expect(failure(PublishedVectors.rsaToken, set) == .signature)
        let token = try WebToken(Array(PublishedVectors.rsaToken.utf8))
        #expect(token.issuer == "joe" && token.keyID == nil && token.algorithm == .rs256)
    }

    @Test("The example of RFC 8037 holds, and no longer once a bit of it is another")
    func publishedEd25519() throws {
        let bytes = try #require(Base64.url.decode(PublishedVectors.ed25519Key))
        let key = try #require(PublicKey(ed25519: bytes))
        let message = Array(PublishedVectors.ed25519Message.utf8)
        var signature = try #require(Base64.url.decode(PublishedVectors.ed25519Signature))
        #expect(key.verifies(signature, of: message))
        for index in signature.indices {
            signature[index] ^= 1 << UInt8(index % 8)
            #expect(!key.verifies(signature, of: message))
            signature[index] ^= 1 << UInt8(index % 8)
        }
        #expect(!key.verifies(Array(signature.dropLast()), of: message))
        #expect(!key.verifies([], of: message))
    }

    @Test("Tokens without a signature and with a shared secret are refused, whatever the keys are")
    func weak() throws {
        #expect(failure(PublishedVectors.unsignedToken) == .algorithm)
        #expect(failure(PublishedVectors.sharedToken) == .algorithm)
        for name in ["none", "None", "NONE", "HS256", "HS384", "PS256", "RS384", "ES256K", "rs256"]
        {
            let token = try signer.compact(header: "{\"alg\":\"\(name)\"}", payload: "{}")
            #expect(failure(token) == .algorithm, "\(name)")
        }
        for header in ["{}", "{\"alg\":null}", "{\"alg\":[\"EdDSA\"]}", "[]", "\"EdDSA\""] {
            #expect(failure(try signer.compact(header: header, payload: "{}")) == .malformed)
        }
    }

    // MARK: Signatures

    @Test(
        "A token holds for its own key alone, for each algorithm",
        arguments: TokenSigner.Kind.allCases
    )
    func own(_ kind: TokenSigner.Kind) throws {
        let signer = try TokenSigner(kind)
        let other = try TokenSigner(kind)
        let keys = try KeySet(Array(signer.keySet().utf8))
        let token = try signer.token("\"iss\":\"i\"", now: 0)
        #expect(failure(token, keys) == nil)
        #expect(failure(try other.token("\"iss\":\"i\"", now: 0), keys) == .signature)
        let parts = token.split(separator: ".")
        let forged = "\(parts[0]).\(Base64.url.encode(Array("{\"iss\":\"j\"}".utf8))).\(parts[2])"
        #expect(failure(forged, keys) == .signature)
        #expect(failure("\(parts[0]).\(parts[1]).", keys) == .signature)
    }

    @Test("A key is good for the algorithm of its numbers, whatever the header says")
    func confusion() throws {
        let rsa = try TokenSigner(.rsa)
        let keys = try KeySet(Array(rsa.keySet().utf8))
        for name in ["ES256", "EdDSA"] {
            let header = "{\"alg\":\"\(name)\",\"kid\":\"one\"}"
            #expect(failure(try rsa.compact(header: header, payload: "{}"), keys) == .unknownKey)
        }
    }

    @Test("A token that names its key is held against that key alone")
    func keyNames() throws {
        let other = try TokenSigner(.ed25519)
        let both = try KeySet(
            Array("{\"keys\":[\(signer.publicKey()),\(other.publicKey(id: "two"))]}".utf8)
        )
        #expect(failure(try signer.token("\"a\":1", keyID: "one", now: 0), both) == nil)
        #expect(failure(try other.token("\"a\":1", keyID: "two", now: 0), both) == nil)
        #expect(failure(try other.token("\"a\":1", keyID: "one", now: 0), both) == .signature)
        #expect(failure(try other.token("\"a\":1", keyID: "three", now: 0), both) == .unknownKey)
    }

    @Test(
        "A token that names no key is tried with each of its kind, named or not",
        arguments: TokenSigner.Kind.allCases
    )
    func unnamedKey(kind: TokenSigner.Kind) throws {
        let (old, new, strange) = (
            try TokenSigner(kind), try TokenSigner(kind), try TokenSigner(kind)
        )
        let otherKind = try TokenSigner(kind == .rsa ? .p256 : .rsa)
        let keys = try keySet(
            [
                otherKind.publicKey(id: nil), old.publicKey(id: "old"), new.publicKey(id: nil),
            ].joined(separator: ",")
        )
        #expect(failure(try old.token("\"a\":1", keyID: nil, now: 0), keys) == nil)
        #expect(failure(try new.token("\"a\":1", keyID: nil, now: 0), keys) == nil)
        #expect(failure(try strange.token("\"a\":1", keyID: nil, now: 0), keys) == .signature)
        let claimed = "{\"alg\":\"\(kind == .rsa ? "ES256" : "RS256")\"}"
        let confused = try new.compact(header: claimed, payload: "{}")
        #expect(failure(confused, keys) == .signature)
    }

    @Test("A token that names no key is tried with eight of its kind at most")
    func unnamedKeyBound() throws {
        func place(_ count: Int) throws -> TokenFailure? {
            let others = try (1..<count).map { _ in try TokenSigner(.ed25519).publicKey(id: nil) }
            let keys = try keySet((others + [signer.publicKey()]).joined(separator: ","))
            return failure(try signer.token("\"a\":1", keyID: nil, now: 0), keys)
        }
        #expect(try place(7) == nil)
        #expect(try place(8) == nil)
        #expect(try place(9) == .signature)
    }

    // MARK: Form

    @Test("Duplicate members, demanded extensions, tokens for other uses and odd types are refused")
    func strict() throws {
        let cases: [(String, String, TokenFailure?)] = [
            ("{\"alg\":\"EdDSA\"}", "{}", nil),
            ("{\"alg\":\"Ed25519\"}", "{}", nil),
            ("{\"alg\":\"EdDSA\",\"alg\":\"EdDSA\"}", "{}", .malformed),
            ("{\"alg\":\"EdDSA\",\"\\u0061lg\":\"none\"}", "{}", .malformed),
            ("{\"alg\":\"EdDSA\"}", "{\"iss\":\"a\",\"iss\":\"b\"}", .malformed),
            ("{\"alg\":\"EdDSA\"}", "{\"a\":[{\"b\":1,\"b\":2}]}", .malformed),
            ("{\"alg\":\"EdDSA\",\"crit\":[\"b64\"],\"b64\":false}", "{}", .critical),
            ("{\"alg\":\"EdDSA\",\"crit\":[]}", "{}", .critical),
            ("{\"alg\":\"EdDSA\",\"crit\":null}", "{}", .critical),
            ("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}", "{}", nil),
            ("{\"alg\":\"EdDSA\",\"typ\":\"application/at+JWT\"}", "{}", nil),
            ("{\"alg\":\"EdDSA\",\"typ\":\"dpop+jwt\"}", "{}", .wrongType),
            ("{\"alg\":\"EdDSA\",\"typ\":1}", "{}", .malformed),
            ("{\"alg\":\"EdDSA\",\"kid\":1}", "{}", .malformed),
            ("{\"alg\":\"EdDSA\"}", "{\"iss\":[\"a\"]}", .oddIssuer),
            ("{\"alg\":\"EdDSA\"}", "{\"sub\":7}", .oddSubject),
            ("{\"alg\":\"EdDSA\"}", "[]", .malformed),
            ("{\"alg\":\"EdDSA\"} x", "{}", .malformed),
            ("{\"alg\":\"EdDSA\"}", String(repeating: "[", count: 5_000), .malformed),
            ("{\"alg\":\"EdDSA\",\"jku\":\"https://evil.example/\",\"jwk\":{}}", "{}", nil),
        ]
        for (header, payload, expected) in cases {
            let token = try signer.compact(header: header, payload: payload)
            #expect(failure(token) == expected, "\(header) \(payload.prefix(40))")
        }
    }

    @Test("A token has 8 KiB at most")
    func size() throws {
        func token(_ count: Int) throws -> String {
            let payload = "{\"a\":\"\(String(repeating: "x", count: count))\"}"
            return try signer.compact(header: "{\"alg\":\"EdDSA\"}", payload: payload)
        }
        var count = 6_000
        while try token(count + 1).utf8.count <= WebToken.byteCountMax { count += 1 }
        #expect(failure(try token(count)) == nil)
        #expect(failure(try token(count + 1)) == .tooLarge)
    }

    @Test("Every truncation and every flipped bit of a token is refused, and traps nowhere")
    func damaged() throws {
        let token = Array(try signer.token("\"iss\":\"i\",\"aud\":\"a\"", now: 0).utf8)
        for count in token.indices {
            #expect(failure(String(decoding: token.prefix(count), as: UTF8.self)) != nil)
        }
        for index in token.indices {
            for bit in 0..<8 {
                var bytes = token
                bytes[index] ^= 1 << UInt8(bit)
                let isRefused: Bool
                do throws(TokenFailure) {
                    try keys.verify(WebToken(bytes))
                    isRefused = false
                } catch {
                    isRefused = true
                }
                #expect(isRefused, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("What is no token is never taken for one")
    func likely() throws {
        let token = try signer.token("\"iss\":\"i\"", now: 0)
        #expect(WebToken.isLikely(Array(token.utf8)))
        for text in [
            "", "key", "a.b.c", "eyJ", "eyJ.", "eyJ.a.b.c", "eyB.a.b", "ewA.a.b", "ew.o.k",
        ] {
            #expect(!WebToken.isLikely(Array(text.utf8)), "\(text)")
        }
    }

    @Test(
        "White space behind the brace of a header makes it no less a token",
        arguments: ["", " ", "\n", "\t", "\r", "\r\n  ", "    ", "\n\t"]
    )
    func spaced(space: String) throws {
        let header = "{\(space)\"alg\":\"EdDSA\"\(space)}"
        let token = try signer.compact(header: header, payload: "{\(space)\"iss\":\"i\"}")
        #expect(WebToken.isLikely(Array(token.utf8)), "\(token)")
        #expect(failure(token) == nil)
    }
}
