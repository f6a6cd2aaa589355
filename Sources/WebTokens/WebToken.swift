internal import Cryptography
internal import JSONText

/// A JSON Web Token in compact form (RFC 7519 §3, RFC 7515 §3.1), read but not yet believed: what its claims say
/// counts only once `isSigned` has held for a key of its issuer.
///
/// Header fields that name keys or where to get them (`jwk`, `jku`, `x5c`, `x5u`) are never looked at: keys come
/// from the configuration alone (RFC 8725 §3.10).
public struct WebToken: Sendable {
    public let algorithm: SignatureAlgorithm
    /// `kid`; `nil` where the token names no key.
    public let keyID: String?
    /// `iss`; `nil` where the token does not say.
    public let issuer: String?
    let claims: StrictObject
    /// Header and payload as they were signed (RFC 7515 §5.2, item 8).
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// Upper bound on bytes of a token. Tokens of large identity providers have 1 to 4 KiB.
    public static let byteCountMax = 8 << 10
    private static let keyIDBytesMax = 256

    /// Errors: `tooLarge`, `malformed`, `wrongType`, `algorithm`, `critical`, `oddIssuer`, `oddSubject`.
    public init(_ bytes: [UInt8]) throws(TokenFailure) {
        guard bytes.count <= Self.byteCountMax else { throw .tooLarge }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]),
            let claims = Self.object(parts[1]), let signature = Self.decoded(parts[2])
        else { throw .malformed }
        guard !header.isOdd("alg"), !header.isOdd("kid"), !header.isOdd("typ"),
            let name = header.text("alg")
        else { throw .malformed }
        guard let algorithm = SignatureAlgorithm(name: name) else { throw .algorithm }
        guard header["crit"] == nil else { throw .critical }
        guard Self.isAccessToken(header.text("typ")) else { throw .wrongType }
        guard !claims.isOdd("iss") else { throw .oddIssuer }
        guard !claims.isOdd("sub") else { throw .oddSubject }
        self.algorithm = algorithm
        keyID = header.text("kid")
        guard (keyID?.utf8.count ?? 0) <= Self.keyIDBytesMax else { throw .malformed }
        issuer = claims.text("iss")
        self.claims = claims
        signed = Array(bytes.prefix(parts[0].count + 1 + parts[1].count))
        self.signature = signature
    }

    /// Whether these bytes could be a token at all, so that a plain key is never taken for a bad one.
    public static func isLikely(_ bytes: [UInt8]) -> Bool {
        beginnings.contains { bytes.starts(with: $0.utf8) }
            && bytes.count { $0 == UInt8(ascii: ".") } == 2
    }

    /// How a header begins in base64url: a brace and then a name, a space, LF, tab or CR (RFC 8259 §2).
    private static let beginnings = ["eyJ", "eyA", "ewo", "ewk", "ew0"]

    func isSigned(with key: PublicKey) -> Bool {
        key.verifies(signature, of: signed)
    }

    /// Tokens for other uses are not taken (RFC 8725 §3.11): `JWT` (RFC 7519 §5.1), `at+jwt` (RFC 9068 §2.1).
    private static func isAccessToken(_ type: String?) -> Bool {
        guard var type = type?.lowercased() else { return true }
        if type.hasPrefix("application/") { type.removeFirst("application/".count) }
        return type == "jwt" || type == "at+jwt"
    }

    private static func object(_ part: ArraySlice<UInt8>) -> StrictObject? {
        decoded(part).flatMap { StrictObject($0, byteCountMax: byteCountMax) }
    }

    private static func decoded(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        Base64.url.decode(String(decoding: part, as: UTF8.self))
    }
}
