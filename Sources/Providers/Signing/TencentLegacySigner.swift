internal import Cryptography
internal import Observability

/// The signature of Tencent Cloud's API of 2017 ("v1"): one HMAC over all parameters, sorted by name.
/// Source: intl.cloud.tencent.com document/api/213/11652.
struct TencentLegacySigner: Sendable, Hashable {
    let secretKey: Redacted<String>

    /// What is signed: `GETimage.api.qcloud.com/v2/index.php?Action=…`, values raw, names with `_` as `.`
    /// and in byte order, so that `Filters.10.Name` stands before `Filters.2.Name`.
    func source(
        method: String,
        authority: String,
        path: String,
        parameters: [QueryString.Pair]
    ) -> String {
        let pairs = parameters.map { pair in
            (name: String(pair.name.map { $0 == "_" ? "." : $0 }), value: pair.value)
        }
        let sorted = pairs.sorted { left, right in
            left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        let text = sorted.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return "\(method)\(authority)\(path)?\(text)"
    }

    /// Base64, not yet percent-encoded. `SignatureMethod` among the parameters must say the same digest;
    /// without it the provider takes SHA-1.
    func signature(of source: String, digest: Digest) -> String {
        Base64.standard.encode(
            digest.authenticate(source, key: Array(secretKey.revealed.utf8))
        )
    }
}
