import Cryptography
import HTTPWire

/// The verifier's side of SDK-HMAC-SHA256 (support.huaweicloud.com, devg-apisign).
enum HuaweiSignature {
    static let scheme = "SDK-HMAC-SHA256"
    /// Microseconds on either side of the server's clock.
    static let window: Int64 = 900_000_000

    /// Over what was received; `nil` when a signed field is missing.
    static func canonicalRequest(_ request: HTTPRequest, signedNames: [String]) -> String? {
        guard let block = request.canonicalFields(signedNames, lowerCasedValues: false) else {
            return nil
        }
        let parts = [
            request.method, canonicalPath(request.path), canonicalQuery(request.query ?? ""), block,
            signedNames.joined(separator: ";"),
            request.payloadHash(unsignedMarker: "x-sdk-content-sha256"),
        ]
        return parts.joined(separator: "\n")
    }

    static func signature(_ canonicalRequest: String, date: String, secret: String) -> String {
        let digest = Hex.encode(Digest.sha256.hash(canonicalRequest))
        let text = "\(scheme)\n\(date)\n\(digest)"
        return Hex.encode(Digest.sha256.authenticate(text, key: Array(secret.utf8)))
    }

    /// Each segment escaped anew; a slash ends the path in this form only.
    private static func canonicalPath(_ path: Substring) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
            .map { QueryText.encoded(QueryText.decoded($0, plusIsBlank: false)) }
        let text = segments.joined(separator: "/")
        return text.hasSuffix("/") ? text : text + "/"
    }

    private static func canonicalQuery(_ query: Substring) -> String {
        QueryText.parameters(query)
            .map { (QueryText.encoded($0.name), QueryText.encoded($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }

    /// `now` is microseconds since 1970.
    static func check(
        _ request: HTTPRequest,
        _ credentials: SimulatorCredentials,
        now: Int64
    ) throws(HuaweiError) {
        guard let text = request.fields.value(of: "authorization"),
            let header = SignatureHeader(text), header.scheme == scheme,
            let keyID = header["Access"], let names = header.signedNames,
            let signature = header["Signature"], names.contains("x-sdk-date"),
            names.contains("host")
        else { throw .authentication("the Authorization header is malformed") }
        let date = request.fields.value(of: "x-sdk-date") ?? ""
        guard date.utf8.count == 16, let instant = CalendarText.microseconds(date) else {
            throw .authentication("X-Sdk-Date is malformed")
        }
        guard isSameSecret(keyID, credentials.keyID) else {
            throw .authentication("the access key does not exist")
        }
        guard abs(now - instant) <= window else {
            throw .gateway(
                401,
                "0303",
                "Incorrect app authentication information: signature expired"
            )
        }
        let canonical = canonicalRequest(request, signedNames: names) ?? ""
        let expected = self.signature(canonical, date: date, secret: credentials.secret)
        guard !canonical.isEmpty, isSameSecret(expected, signature) else {
            let quoted = String(canonical.map { $0 == "\n" ? "|" : $0 })
            throw .authentication("verify aksk signature fail, canonicalRequest:\(quoted)")
        }
        if let token = request.fields.value(of: "x-security-token"),
            !isSameSecret(token, credentials.token)
        {
            throw .authentication("the security token is invalid")
        }
    }
}
