internal import Cryptography
internal import ImageModel
internal import Observability

/// SDK-HMAC-SHA256 of Huawei Cloud's API gateway: one HMAC with the secret key, no scope.
/// Source: support.huaweicloud.com devg-apisign/api-sign-algorithm-003.
struct HuaweiSDKSigner: Sendable, Hashable {
    /// A header field that is signed.
    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// What is signed of one request; `X-Sdk-Date` and `Host` must be among the headers.
    struct Request: Sendable, Hashable {
        var method = "GET"
        /// As on the wire, for example `/v2/images`.
        var path: String
        var query: [QueryString.Pair]
        var headers: [Header]
        var body: [UInt8] = []
    }

    let accessKey: String
    let secretKey: Redacted<String>

    /// The value of `Authorization`.
    func authorization(_ request: Request, date: Timestamp) -> String {
        let headers = sorted(request)
        let canonical = canonicalRequest(request, headers)
        return "SDK-HMAC-SHA256 Access=\(accessKey), SignedHeaders=\(names(headers)), "
            + "Signature=\(signature(of: canonical, date: date))"
    }

    /// Hexadecimal.
    func signature(of canonicalRequest: String, date: Timestamp) -> String {
        let digest = Hex.encode(Digest.sha256.hash(canonicalRequest))
        let text = "SDK-HMAC-SHA256\n\(CalendarText.compact(date))\n\(digest)"
        let key = Array(secretKey.revealed.utf8)
        return Hex.encode(Digest.sha256.authenticate(text, key: key))
    }

    func canonicalRequest(_ request: Request) -> String {
        canonicalRequest(request, sorted(request))
    }

    private func canonicalRequest(_ request: Request, _ headers: [Header]) -> String {
        let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
        return [
            request.method, canonicalPath(request.path), canonicalQuery(request.query), lines,
            names(headers), Hex.encode(Digest.sha256.hash(request.body)),
        ].joined(separator: "\n")
    }

    /// Ends in `/` even where the request's own path does not.
    private func canonicalPath(_ path: String) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            PercentEncoding.encode(PercentEncoding.decode(segment) ?? String(segment))
        }
        let encoded = segments.joined(separator: "/")
        return encoded.hasSuffix("/") ? encoded : encoded + "/"
    }

    private func canonicalQuery(_ query: [QueryString.Pair]) -> String {
        var sorted = QueryString()
        for pair in query.sorted(by: precedes) { sorted.add(pair.name, pair.value) }
        return sorted.encoded
    }

    /// By name, then by value, as bytes.
    private func precedes(_ left: QueryString.Pair, _ right: QueryString.Pair) -> Bool {
        left.name == right.name
            ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
            : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }

    private func names(_ headers: [Header]) -> String {
        headers.map(\.name).joined(separator: ";")
    }

    private func sorted(_ request: Request) -> [Header] {
        request.headers
            .map { Header(name: $0.name.lowercased(), value: $0.value.trimmedBlanks) }
            .sorted { $0.name < $1.name }
    }
}
