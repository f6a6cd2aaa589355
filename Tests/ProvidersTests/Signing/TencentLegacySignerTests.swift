import Cryptography
import Observability
import Testing

@testable import Providers

@Suite("Tencent's signatures of 2017")
struct TencentLegacySignerTests {
    static let official = TencentLegacySigner(
        secretKey: Redacted("Gu5t9xGARNpq86cd98joQYCN3Cozk1qA")
    )
    static let example = TencentLegacySigner(
        secretKey: Redacted("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
    )
    static let exampleID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"

    static func pairs(_ values: KeyValuePairs<String, String>) -> [QueryString.Pair] {
        values.map { QueryString.Pair(name: $0.key, value: $0.value) }
    }

    /// The parameters of the image list, deliberately not in order.
    static func imageList(_ method: String?) -> [QueryString.Pair] {
        let pairs = Self.pairs([
            "Version": "2017-03-12", "SecretId": exampleID, "Region": "ap-guangzhou",
            "Timestamp": "1767225600", "Nonce": "11886", "Action": "DescribeImages",
            "Filters.1.Values.1": "PUBLIC_IMAGE", "Filters.1.Name": "image-type",
            "Limit": "100", "Offset": "0",
        ])
        return pairs
            + (method.map { [QueryString.Pair(name: "SignatureMethod", value: $0)] } ?? [])
    }

    @Test(
        "The official example signs as printed with both digests",
        arguments: [
            ("HmacSHA256", Digest.sha256, "0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s="),
            ("HmacSHA1", Digest.sha1, "nPVnY6njQmwQ8ciqbPl5Qe+Oru4="),
        ]
    )
    func officialExample(method: String, digest: Digest, signature: String) {
        let source = Self.official.source(
            method: "GET",
            authority: "cvm.api.qcloud.com",
            path: "/v2/index.php",
            parameters: Self.pairs([
                "Action": "DescribeInstances", "InstanceIds.0": "ins-09dx96dg", "Nonce": "11886",
                "Region": "ap-guangzhou", "SecretId": "AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA",
                "SignatureMethod": method, "Timestamp": "1465185768",
            ])
        )
        #expect(Self.official.signature(of: source, digest: digest) == signature)
    }

    @Test(
        "Image lists sign the same whatever the order of their parameters",
        arguments: [
            ("GET", "HmacSHA256", Digest.sha256, "ojtEudpjxkIAXxk89B9ALA+P/zA+D/TpWAIJ870E188="),
            ("POST", "HmacSHA256", Digest.sha256, "Z90foeW1UrD90ajQuX8sRGL2TSanU6KTzYGpVeE7OiM="),
            ("GET", nil, Digest.sha1, "46m0SOEU0RWCnYW3FZXMNDVRSOE="),
        ] as [(String, String?, Digest, String)]
    )
    func imageLists(method: String, name: String?, digest: Digest, signature: String) {
        let source = Self.example.source(
            method: method,
            authority: "image.api.qcloud.com",
            path: "/v2/index.php",
            parameters: Self.imageList(name)
        )
        #expect(Self.example.signature(of: source, digest: digest) == signature)
    }

    @Test("Names sort by bytes and values enter raw")
    func sortingAndRawValues() {
        let source = Self.example.source(
            method: "GET",
            authority: "image.api.qcloud.com",
            path: "/v2/index.php",
            parameters: Self.pairs([
                "Action": "DescribeImages",
                "Filters.1.Name": "image-name", "Filters.1.Values.1": "测试 镜像",
                "Filters.2.Name": "image-type", "Filters.2.Values.1": "PRIVATE_IMAGE",
                "Filters.10.Name": "platform", "Filters.10.Values.1": "CentOS",
                "Nonce": "11886", "Region": "ap-guangzhou", "SecretId": Self.exampleID,
                "SignatureMethod": "HmacSHA256", "Timestamp": "1767225600",
                "Version": "2017-03-12",
            ])
        )
        #expect(source.contains("测试 镜像&Filters.10.Name=platform"))
        #expect(
            Self.example.signature(of: source, digest: .sha256)
                == "0HrdkiL9dLlN1wLNNO1AHwl7HFMeJz3zjy91ujFA2Eo="
        )
    }

    @Test("The official example on the host of API 3.0 signs as printed")
    func currentHost() {
        let source = Self.example.source(
            method: "GET",
            authority: "cvm.tencentcloudapi.com",
            path: "/",
            parameters: Self.pairs([
                "Action": "DescribeInstances", "InstanceIds_0": "ins-09dx96dg", "Limit": "20",
                "Nonce": "11886", "Offset": "0", "Region": "ap-guangzhou",
                "SecretId": Self.exampleID, "Timestamp": "1465185768", "Version": "2017-03-12",
            ])
        )
        #expect(
            Self.example.signature(of: source, digest: .sha1) == "EliP9YW3pW28FpsEdkXt/+WcGeI="
        )
    }
}
