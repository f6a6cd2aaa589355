import Cryptography

/// Keystone tokens that carry their own expiry and proof, so that none must be remembered.
struct HuaweiTokens: Sendable {
    /// Microseconds: 24 hours.
    static let lifetime: Int64 = 86_400_000_000
    private static let fillerByteCount = 900

    let key: [UInt8]

    /// As long as real ones are, and starting as they do.
    func token(expires: Int64, hasProject: Bool, number: Int) -> String {
        let facts = "\(expires).\(hasProject ? "project" : "domain").\(number)"
        let proof = Digest.sha256.authenticate(facts, key: key)
        var filler: [UInt8] = []
        while filler.count < Self.fillerByteCount {
            filler += Digest.sha256.authenticate(filler + proof, key: key)
        }
        let text = "MII" + Base64.url.encode(filler) + "." + facts
        return text + "." + Hex.encode(Digest.sha256.authenticate(text, key: key))
    }

    /// Whether the token is scoped to a project; `nil` for one that is foreign or too old.
    func hasProject(_ token: String, now: Int64) -> Bool? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5, let expires = Int64(parts[1]) else { return nil }
        let text = parts.dropLast().joined(separator: ".")
        let proof = Hex.encode(Digest.sha256.authenticate(text, key: key))
        guard isSameSecret(proof, String(parts[4])), expires > now else { return nil }
        return parts[2] == "project"
    }
}
