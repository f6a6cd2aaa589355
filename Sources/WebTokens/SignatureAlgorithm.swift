internal import Cryptography

/// The signature algorithms that tokens may use. There is no symmetric one and no `none`: a verifier that holds
/// public keys only cannot be talked into using one as a shared secret (RFC 8725 §2.1, §3.1).
public enum SignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case rs256 = "RS256"
    case es256 = "ES256"
    /// With Ed25519 only.
    case edDSA = "EdDSA"

    /// The name in a header or a key: RFC 7518 §3.1, RFC 8037 §3.1, and `Ed25519` of RFC 9864 §2.2.
    public init?(name: String) {
        if name == "Ed25519" {
            self = .edDSA
        } else {
            self.init(rawValue: name)
        }
    }
}
