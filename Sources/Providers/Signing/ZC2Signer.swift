internal import Cryptography
internal import ImageModel
internal import Observability

/// ZC2-HMAC-SHA256 of Zenlayer: one HMAC with the key's password, without scope or derived keys.
///
/// The path in the signature is always `/`; action and version are not covered.
/// Source: docs.console.zenlayer.com, api-reference/api-introduction/instruction/sign.
struct ZC2Signer: Sendable, Hashable {
    let keyID: String
    let keyPassword: Redacted<String>

    /// The value of `Authorization`.
    func authorization(
        authority: String,
        contentType: String,
        body: [UInt8],
        date: Timestamp
    ) -> String {
        let request = canonicalRequest(
            authority: authority,
            contentType: contentType,
            body: body
        )
        return "ZC2-HMAC-SHA256 Credential=\(keyID), SignedHeaders=content-type;host, "
            + "Signature=\(signature(of: request, date: date))"
    }

    /// Hexadecimal.
    func signature(of canonicalRequest: String, date: Timestamp) -> String {
        let digest = Hex.encode(Digest.sha256.hash(canonicalRequest))
        let text = "ZC2-HMAC-SHA256\n\(date.seconds)\n\(digest)"
        let key = Array(keyPassword.revealed.utf8)
        return Hex.encode(Digest.sha256.authenticate(text, key: key))
    }

    func canonicalRequest(authority: String, contentType: String, body: [UInt8]) -> String {
        let type = contentType.trimmedBlanks.lowercased()
        let headers = "content-type:\(type)\nhost:\(authority.lowercased())\n"
        return [
            "POST", "/", "", headers, "content-type;host", Hex.encode(Digest.sha256.hash(body)),
        ].joined(separator: "\n")
    }
}
