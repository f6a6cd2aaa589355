import Cryptography

@testable import ProviderSimulators

/// The callers' side of the four signatures, written for these tests alone.
enum Signing {
    static let id = Simulation.credentials.keyID
    static let secret = Simulation.credentials.secret
    static let host = "127.0.0.1:9100"

    static func sha256(_ text: String) -> String { Hex.encode(Digest.sha256.hash(text)) }

    static func hmac(_ text: String, _ key: [UInt8]) -> [UInt8] {
        Digest.sha256.authenticate(text, key: key)
    }

    static func tencent(
        _ body: String,
        at seconds: Int64,
        secret: String = secret,
        action: String = "DescribeImages",
        region: String = "ap-guangzhou"
    ) -> [String: String] {
        let date = CalendarText.day(seconds * 1_000_000)
        let canonical = """
            POST
            /

            content-type:application/json
            host:\(host)
            x-tc-action:\(action.lowercased())

            content-type;host;x-tc-action
            \(sha256(body))
            """
        let scope = "\(date)/cvm/tc3_request"
        let text = "TC3-HMAC-SHA256\n\(seconds)\n\(scope)\n\(sha256(canonical))"
        let key = hmac("tc3_request", hmac("cvm", hmac(date, Array("TC3\(secret)".utf8))))
        let signature = Hex.encode(hmac(text, key))
        let names = "content-type;host;x-tc-action"
        return [
            "content-type": "application/json", "x-tc-action": action, "x-tc-version": "2017-03-12",
            "x-tc-timestamp": String(seconds), "x-tc-region": region,
            "authorization":
                "TC3-HMAC-SHA256 Credential=\(id)/\(scope), SignedHeaders=\(names), Signature=\(signature)",
        ]
    }

    /// A query of the API of 2017, signed.
    static func tencentOf2017(
        _ parameters: [String: String],
        at seconds: Int64,
        nonce: Int,
        method: String = "GET",
        path: String = "/v2/index.php",
        secret: String = secret
    ) -> String {
        let common = [
            "Action": "DescribeImages", "Version": "2017-03-12", "Region": "ap-guangzhou",
            "Timestamp": String(seconds), "Nonce": String(nonce), "SecretId": id,
            "SignatureMethod": "HmacSHA256",
        ]
        let sorted = common.merging(parameters) { $1 }.sorted { $0.key < $1.key }
        let source = sorted.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let signature = Base64.standard.encode(
            hmac("\(method)\(host)\(path)?\(source)", Array(secret.utf8))
        )
        return (sorted.map { ($0.key, $0.value) } + [("Signature", signature)])
            .map { "\($0)=\(QueryText.encoded($1))" }.joined(separator: "&")
    }

    static func zenlayer(
        _ body: String,
        at seconds: Int64,
        secret: String = secret
    ) -> [String: String] {
        let canonical = """
            POST
            /

            content-type:application/json
            host:\(host)

            content-type;host
            \(sha256(body))
            """
        let text = "ZC2-HMAC-SHA256\n\(seconds)\n\(sha256(canonical))"
        let signature = Hex.encode(hmac(text, Array(secret.utf8)))
        let names = "content-type;host"
        return [
            "content-type": "application/json", "x-zc-action": "DescribeImages",
            "x-zc-version": "2023-03-13", "x-zc-timestamp": String(seconds),
            "x-zc-signature-method": "ZC2-HMAC-SHA256",
            "authorization":
                "ZC2-HMAC-SHA256 Credential=\(id), SignedHeaders=\(names), Signature=\(signature)",
        ]
    }

    /// `query` in canonical order and escaped.
    static func huawei(
        _ path: String,
        _ query: String = "",
        at seconds: Int64,
        secret: String = secret
    ) -> [String: String] {
        let date = String(CalendarText.utc(seconds * 1_000_000).filter { $0 != "-" && $0 != ":" })
        let canonical = """
            GET
            \(path)/
            \(query)
            content-type:application/json
            host:\(host)
            user-agent:huaweicloud-usdk-python/3.0
            x-sdk-date:\(date)

            content-type;host;user-agent;x-sdk-date
            \(sha256(""))
            """
        let text = "SDK-HMAC-SHA256\n\(date)\n\(sha256(canonical))"
        let signature = Hex.encode(hmac(text, Array(secret.utf8)))
        let names = "content-type;host;user-agent;x-sdk-date"
        return [
            "content-type": "application/json", "user-agent": "huaweicloud-usdk-python/3.0",
            "x-sdk-date": date,
            "authorization":
                "SDK-HMAC-SHA256 Access=\(id), SignedHeaders=\(names), Signature=\(signature)",
        ]
    }
}
