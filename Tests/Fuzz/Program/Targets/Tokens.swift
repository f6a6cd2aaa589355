import Cryptography

@testable import WebTokens

extension FuzzTarget {
    /// A token: the first line is its header, the rest its claims, and the signature is nobody's. It is refused
    /// with a reason, and never held to be signed; the bytes as they are make no token either.
    static let tokens = FuzzTarget(
        name: "tokens",
        byteCountMax: 512,
        seeds: { tokenSeeds.map { Array($0.utf8) } }
    ) { bytes in
        let header = bytes.prefix { $0 != 0x0A }
        let parts = [Array(header), Array(bytes.dropFirst(header.count + 1)), Array("nobody".utf8)]
        let made = parts.map(Base64.url.encode).joined(separator: ".")
        for candidate in [bytes, Array(made.utf8)] {
            guard let token = try? WebToken(candidate) else { continue }
            hold(candidate.count <= WebToken.byteCountMax, "\(candidate.count) bytes")
            hold((try? keys.verify(token)) == nil, "nobody signed it: \(candidate.text)")
            guard let expiry = try? rule.check(token, now: 1_000) else { continue }
            hold(token.issuer == "joe" && expiry > 1_000, "\(candidate.text) fits until \(expiry)")
        }
    }

    /// A set of keys: at most `keyCountMax` of them, one remark for each that was left out.
    static let keySets = FuzzTarget(
        name: "key-sets",
        byteCountMax: 1_024,
        seeds: { keySeeds.map { Array("{\"keys\":[\($0)]}".utf8) } }
    ) { bytes in
        guard let set = try? KeySet(bytes) else { return }
        hold((1...KeySet.keyCountMax).contains(set.keys.count), "\(set.keys.count) keys")
        guard let token = try? WebToken(Array(unsigned.utf8)) else { return }
        hold((try? set.verify(token)) == nil, "a signature of nobody's is accepted")
    }

    private static let rule = TokenRule(
        issuer: "joe",
        audiences: ["gateway"],
        subject: "ci",
        claims: [.init(name: "groups", anyOf: ["cloud"])]
    )

    private static let unsigned = [#"{"alg":"EdDSA"}"#, #"{"iss":"joe","exp":2000}"#, "nobody"]
        .map { Base64.url.encode(Array($0.utf8)) }.joined(separator: ".")

    private static let tokenSeeds = [
        #"{"alg":"EdDSA","kid":"one","typ":"at+jwt"}"# + "\n"
            + #"{"iss":"joe","aud":["gateway"],"sub":"ci","groups":["cloud"],"exp":2000,"nbf":900}"#,
        #"{"alg":"none"}"# + "\n" + #"{"iss":"joe","aud":"gateway","exp":1e3}"#,
        #"{"alg":"HS256","crit":["b64"],"b64":false}"# + "\n" + #"{"iss":null,"exp":"2000"}"#,
        #"{"alg":"RS256","jku":"https://keys.example/","x5c":["AA=="]}"# + "\n{}",
    ]

    /// An Ed25519 key (RFC 8037 appendix A.2), a P-256 key (RFC 7515 appendix A.3), and some that are none.
    private static let keySeeds = [
        #"{"kty":"OKP","crv":"Ed25519","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","#
            + #""y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
        #"{"kty":"RSA","alg":"RS256","use":"sig","n":"AQAB","e":"AQAB"}"#,
        #"{"kty":"oct","k":"AAAA"},{"kty":"OKP","crv":"X25519","x":""}"#,
    ]

    private static let keys = {
        let text = "{\"keys\":[\(keySeeds[0]),\(keySeeds[1])]}"
        guard let keys = try? KeySet(Array(text.utf8)), keys.keys.count == 2 else {
            fatalError("the keys of RFC 8037 and RFC 7515 are no keys")
        }
        return keys
    }()
}
