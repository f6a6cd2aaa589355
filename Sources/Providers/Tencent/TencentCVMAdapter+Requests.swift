internal import Cryptography
internal import ImageModel
internal import JSONText
internal import Observability
internal import Upstreams

/// The list call in both generations.
extension TencentCVMAdapter {
    /// POST with JSON, signed by TC3.
    func currentRequest(offset: Int, pushdown: Pushdown?, date: Timestamp) -> UpstreamRequest {
        let body = body(offset: offset, pushdown: pushdown)
        let signer = TC3Signer(secretID: secretID, secretKey: secretKey, service: "cvm")
        let headers = [
            TC3Signer.Header(name: "Content-Type", value: "application/json"),
            TC3Signer.Header(name: "Host", value: endpoint.authority),
            TC3Signer.Header(name: "X-TC-Action", value: "DescribeImages"),
        ]
        var fields = [
            UpstreamField(
                "Authorization",
                signer.authorization(headers: headers, body: body, date: date)
            ),
            UpstreamField("Content-Type", "application/json"),
            UpstreamField("Accept", "application/json"),
            UpstreamField("X-TC-Action", "DescribeImages"),
            UpstreamField("X-TC-Version", "2017-03-12"),
            UpstreamField("X-TC-Timestamp", String(date.seconds)),
            UpstreamField("X-TC-Region", region),
        ]
        if let token { fields.append(UpstreamField("X-TC-Token", token.revealed)) }
        return UpstreamRequest(
            method: "POST",
            url: endpoint.url(path: "/"),
            fields: fields,
            body: body
        )
    }

    private func body(offset: Int, pushdown: Pushdown?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if let parameters = pushdown?.parameters, !parameters.isEmpty {
                writer.key("Filters")
                writer.array { writer in
                    for parameter in parameters {
                        writer.object { writer in
                            writer.member("Name", parameter.name)
                            writer.member("Values", parameter.values)
                        }
                    }
                }
            }
            writer.member("Limit", pageSize)
            writer.member("Offset", offset)
        }
        return writer.bytes
    }

    /// GET with everything in the query, as the API of 2017 documents it.
    func legacyRequest(offset: Int, pushdown: Pushdown?, date: Timestamp) -> UpstreamRequest {
        var query = QueryString()
        query.add("Action", "DescribeImages")
        for (index, parameter) in (pushdown?.parameters ?? []).enumerated() {
            query.add("Filters.\(index + 1).Name", parameter.name)
            for (position, value) in parameter.values.enumerated() {
                query.add("Filters.\(index + 1).Values.\(position + 1)", value)
            }
        }
        query.add("Limit", String(pageSize))
        query.add("Nonce", String(nonce(offset: offset, date: date)))
        query.add("Offset", String(offset))
        query.add("Region", region)
        query.add("SecretId", secretID)
        query.add("SignatureMethod", "HmacSHA256")
        query.add("Timestamp", String(date.seconds))
        if let token { query.add("Token", token.revealed) }
        query.add("Version", "2017-03-12")
        query.add("Signature", legacySignature(query))
        return UpstreamRequest(
            url: endpoint.url(path: TencentCVMAdapter.legacyPath, query: query),
            fields: [UpstreamField("Accept", "application/json")]
        )
    }

    private static let legacyPath = "/v2/index.php"

    private func legacySignature(_ query: QueryString) -> String {
        let signer = TencentLegacySigner(secretKey: secretKey)
        let source = signer.source(
            method: "GET",
            authority: endpoint.authority,
            path: endpoint.prefix + TencentCVMAdapter.legacyPath,
            parameters: query.pairs
        )
        return signer.signature(of: source, digest: .sha256)
    }

    /// The provider refuses a number that repeats within a second. An adapter has no randomness, so it
    /// is drawn from what differs between two calls: the microsecond, the page and the upstream.
    private func nonce(offset: Int, date: Timestamp) -> UInt32 {
        let seed = "\(upstreamID)|\(region)|\(offset)|\(date.microseconds)"
        let number = Digest.sha256.hash(seed).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return max(1, number & 0x7FFF_FFFF)
    }
}
