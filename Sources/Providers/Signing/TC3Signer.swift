internal import Cryptography
internal import ImageModel
internal import Observability

/// TC3-HMAC-SHA256 of Tencent Cloud's API 3.0, for POST with a JSON body.
///
/// The path in the signature is always `/`; neither region nor version is covered.
/// Source: cloud.tencent.com document/product/215/36792.
struct TC3Signer: Sendable, Hashable {
    /// A header field that is signed; name and value enter in lower case.
    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }

    let secretID: String
    let secretKey: Redacted<String>
    let service: String

    /// The value of `Authorization`.
    func authorization(headers: [Header], body: [UInt8], date: Timestamp) -> String {
        let headers = sorted(headers)
        let signature = signature(of: canonicalRequest(sorted: headers, body), date: date)
        return "TC3-HMAC-SHA256 Credential=\(secretID)/\(scope(date)), "
            + "SignedHeaders=\(names(headers)), Signature=\(signature)"
    }

    /// Hexadecimal.
    func signature(headers: [Header], body: [UInt8], date: Timestamp) -> String {
        signature(of: canonicalRequest(headers: headers, body: body), date: date)
    }

    private func signature(of request: String, date: Timestamp) -> String {
        let text = [
            "TC3-HMAC-SHA256", String(date.seconds), scope(date),
            Hex.encode(Digest.sha256.hash(request)),
        ].joined(separator: "\n")
        return Hex.encode(Digest.sha256.authenticate(text, key: signingKey(date)))
    }

    func canonicalRequest(headers: [Header], body: [UInt8]) -> String {
        canonicalRequest(sorted: sorted(headers), body)
    }

    private func canonicalRequest(sorted headers: [Header], _ body: [UInt8]) -> String {
        let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
        return [
            "POST", "/", "", lines, names(headers), Hex.encode(Digest.sha256.hash(body)),
        ].joined(separator: "\n")
    }

    /// `2019-02-25/cvm/tc3_request`
    func scope(_ date: Timestamp) -> String {
        "\(CalendarText.day(date))/\(service)/tc3_request"
    }

    func signingKey(_ date: Timestamp) -> [UInt8] {
        let start = Array("TC3\(secretKey.revealed)".utf8)
        return [CalendarText.day(date), service, "tc3_request"].reduce(start) { key, part in
            Digest.sha256.authenticate(part, key: key)
        }
    }

    private func names(_ headers: [Header]) -> String {
        headers.map(\.name).joined(separator: ";")
    }

    private func sorted(_ headers: [Header]) -> [Header] {
        headers
            .map { Header(name: $0.name.lowercased(), value: $0.value.trimmedBlanks.lowercased()) }
            .sorted { $0.name < $1.name }
    }
}
