import Cryptography
import HTTPWire

/// The verifier's side of Tencent's two signature methods.
enum TencentSignature {
    static let scheme = "TC3-HMAC-SHA256"

    /// TC3-HMAC-SHA256 (cloud.tencent.com/document/product/215/36792) over what was received.
    /// `nil` when a signed field is missing.
    static func expected(
        _ request: HTTPRequest,
        signedNames: [String],
        timestamp: Int64,
        date: String,
        service: String,
        secret: String
    ) -> String? {
        guard let block = request.canonicalFields(signedNames, lowerCasedValues: true) else {
            return nil
        }
        let canonical = [
            request.method, "/", String(request.query ?? ""), block,
            signedNames.joined(separator: ";"),
            request.payloadHash(unsignedMarker: "x-tc-content-sha256"),
        ]
        let digest = Hex.encode(Digest.sha256.hash(canonical.joined(separator: "\n")))
        let text = "\(scheme)\n\(timestamp)\n\(date)/\(service)/tc3_request\n\(digest)"
        let key = [date, service, "tc3_request"].reduce(Array("TC3\(secret)".utf8)) { key, part in
            Digest.sha256.authenticate(part, key: key)
        }
        return Hex.encode(Digest.sha256.authenticate(text, key: key))
    }

    /// The method of 2017, also taken by API 3.0: all parameters, names sorted byte by byte, values
    /// unescaped.
    static func expected(
        method: String,
        host: String,
        path: String,
        parameters: [Parameter],
        secret: String
    ) -> String {
        let pairs = parameters.filter { $0.name != "Signature" }
            .map { (name: $0.name.map { $0 == "_" ? "." : $0 }, value: $0.value) }
            .map { (name: String($0.name), value: $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { "\($0.name)=\($0.value)" }
        let source = "\(method)\(host)\(path)?\(pairs.joined(separator: "&"))"
        let isSHA256 = parameters.first("SignatureMethod") == "HmacSHA256"
        let digest: Digest = isSHA256 ? .sha256 : .sha1
        return Base64.standard.encode(digest.authenticate(source, key: Array(secret.utf8)))
    }
}
