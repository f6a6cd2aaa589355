import Cryptography
import HTTPWire

/// The verifier's side of ZC2-HMAC-SHA256 (docs.console.zenlayer.com, "sign").
enum ZenlayerSignature {
    static let scheme = "ZC2-HMAC-SHA256"
    /// Seconds on either side of the server's clock.
    static let window: Int64 = 300

    /// Over what was received; the path that is signed is always `/`. `nil` when a signed field is missing.
    static func expected(
        _ request: HTTPRequest,
        signedNames: [String],
        timestamp: String,
        password: String
    ) -> String? {
        guard let block = request.canonicalFields(signedNames, lowerCasedValues: true) else {
            return nil
        }
        let canonical = [
            "POST", "/", "", block, signedNames.joined(separator: ";"),
            Hex.encode(Digest.sha256.hash(request.body)),
        ]
        let digest = Hex.encode(Digest.sha256.hash(canonical.joined(separator: "\n")))
        let text = "\(scheme)\n\(timestamp)\n\(digest)"
        return Hex.encode(Digest.sha256.authenticate(text, key: Array(password.utf8)))
    }

    /// Lets a request through that carries the token or a fresh signature; `now` is seconds since 1970.
    static func check(
        _ request: HTTPRequest,
        _ credentials: SimulatorCredentials,
        now: Int64
    ) throws(ZenlayerError) {
        guard let text = request.fields.value(of: "authorization") else { throw .authorization }
        if text.hasPrefix("Bearer ") {
            guard isSameSecret(String(text.dropFirst(7)), credentials.token) else {
                throw .authorization
            }
            return
        }
        guard let header = SignatureHeader(text), header.scheme == scheme,
            let keyID = header["Credential"], let names = header.signedNames,
            let signature = header["Signature"], names.contains("content-type"),
            names.contains("host"),
            request.fields.value(of: "x-zc-signature-method") == scheme
        else { throw .authorization }
        guard let stamp = request.fields.value(of: "x-zc-timestamp"), let seconds = Int64(stamp)
        else {
            throw .missing("X-ZC-Timestamp")
        }
        guard seconds >= now - window, seconds <= now + window else { throw .expired }
        let expected = expected(
            request,
            signedNames: names,
            timestamp: stamp,
            password: credentials.secret
        )
        guard let expected, isSameSecret(expected, signature),
            isSameSecret(keyID, credentials.keyID)
        else { throw .signature }
    }
}
