internal import Cryptography
internal import ImageModel
internal import JSONText

/// When a JSON Web Token ends (RFC 7519 §4.1.4). Nothing is verified: the answer only says when to renew.
enum TokenExpiry {
    /// `nil` for a token that is no JWT or names no end.
    static func date(of token: String) -> Timestamp? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64.url.decode(parts[1]),
            let claims = try? JSONValue(
                parsing: payload,
                limits: JSONLimits(depthMax: 16, byteCountMax: 32 << 10)
            ),
            let seconds = claims["exp"]?.integerValue, (0..<253_402_300_800).contains(seconds)
        else { return nil }
        return Timestamp(seconds: Int64(seconds))
    }
}
