import HTTPWire
import Testing

@testable import ProviderSimulators

/// Requests and signatures that the providers publish, or that their own clients made.
@Suite struct OfficialVectorTests {
    private static let tencentID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
    private static let tencentSecret = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
    private static let zenlayerPassword = "Gu5t9xGARNpq86cd98joQYCN3"
    private static let huaweiSecret = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"

    private func request(
        _ method: String,
        _ target: String,
        _ fields: [(String, String)],
        body: String = ""
    ) -> HTTPRequest {
        HTTPRequest(
            method: method,
            target: target,
            fields: fields.map { HTTPField($0.0, $0.1) },
            body: Array(body.utf8)
        )
    }

    @Test(
        "Tencent's published TC3 signatures are what the verifier expects",
        arguments: [
            (
                #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#,
                Int64(1_551_113_065), "application/json; charset=utf-8",
                "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
            ),
            (
                #"{"Filters":[{"Name":"image-type","Values":["PUBLIC_IMAGE"]}],"Limit":100,"Offset":0}"#,
                1_767_225_600, "application/json",
                "8b000f21d1da86af306e7a1a0d0e12396e06768c3f8e06fac592bf99f8a419e0"
            ),
            (
                #"{"Filters": [{"Name": "image-type", "Values": ["PUBLIC_IMAGE"]}], "Offset": 0, "Limit": 100}"#,
                1_767_225_600, "application/json",
                "39443a2d921519ab8e5118e09a778be5a8d56dd0cf11f33b2d3def367d5236fa"
            ),
        ]
    )
    func tencent3(body: String, timestamp: Int64, type: String, signature: String) {
        let fields = [("content-type", type), ("host", "cvm.tencentcloudapi.com")]
        let expected = TencentSignature.expected(
            request("POST", "/", fields, body: body),
            signedNames: ["content-type", "host"],
            timestamp: timestamp,
            date: CalendarText.day(timestamp * 1_000_000),
            service: "cvm",
            secret: Self.tencentSecret
        )
        #expect(expected == signature)
    }

    @Test("A signed action enters Tencent's signature in lower case")
    func tencentSignedAction() {
        let body =
            #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#
        let fields = [
            ("content-type", "application/json; charset=utf-8"),
            ("host", "cvm.tencentcloudapi.com"),
            ("x-tc-action", "DescribeInstances"),
        ]
        let expected = TencentSignature.expected(
            request("POST", "/", fields, body: body),
            signedNames: ["content-type", "host", "x-tc-action"],
            timestamp: 1_551_113_065,
            date: "2019-02-25",
            service: "cvm",
            secret: String(repeating: "*", count: 32)
        )
        #expect(expected == "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f")
    }

    @Test(
        "Tencent's signatures of 2017 are what the verifier expects, whatever the order of arrival",
        arguments: [
            ("GET", "HmacSHA256", "ojtEudpjxkIAXxk89B9ALA+P/zA+D/TpWAIJ870E188="),
            ("POST", "HmacSHA256", "Z90foeW1UrD90ajQuX8sRGL2TSanU6KTzYGpVeE7OiM="),
            ("GET", nil, "46m0SOEU0RWCnYW3FZXMNDVRSOE="),
        ]
    )
    func tencentOf2017(method: String, signatureMethod: String?, signature: String) {
        var query =
            "Version=2017-03-12&Limit=100&Offset=0&Nonce=11886&Filters.1.Values.1=PUBLIC_IMAGE"
        query += "&SecretId=\(Self.tencentID)&Timestamp=1767225600&Signature=not-part-of-it"
        query += "&Region=ap-guangzhou&Filters.1.Name=image-type&Action=DescribeImages"
        if let signatureMethod { query += "&SignatureMethod=\(signatureMethod)" }
        let expected = TencentSignature.expected(
            method: method,
            host: "image.api.qcloud.com",
            path: "/v2/index.php",
            parameters: QueryText.parameters(query),
            secret: Self.tencentSecret
        )
        #expect(expected == signature)
    }

    @Test("Raw Chinese, a blank and ten before two enter Tencent's signature of 2017 as documented")
    func tencentOf2017Unescaped() {
        let query = """
            Action=DescribeImages&Filters.1.Name=image-name\
            &Filters.1.Values.1=%E6%B5%8B%E8%AF%95+%E9%95%9C%E5%83%8F&Filters.2.Name=image-type\
            &Filters.2.Values.1=PRIVATE_IMAGE&Filters.10.Name=platform&Filters.10.Values.1=CentOS\
            &Nonce=11886&Region=ap-guangzhou&SecretId=\(Self.tencentID)&SignatureMethod=HmacSHA256\
            &Timestamp=1767225600&Version=2017-03-12
            """
        let expected = TencentSignature.expected(
            method: "GET",
            host: "image.api.qcloud.com",
            path: "/v2/index.php",
            parameters: QueryText.parameters(query),
            secret: Self.tencentSecret
        )
        #expect(expected == "0HrdkiL9dLlN1wLNNO1AHwl7HFMeJz3zjy91ujFA2Eo=")
    }

    @Test("The older method on the newer host signs the root path")
    func tencentOlderMethodOnNewerHost() {
        let query = """
            Action=DescribeInstances&InstanceIds.0=ins-09dx96dg&Limit=20&Nonce=11886&Offset=0\
            &Region=ap-guangzhou&SecretId=\(Self.tencentID)&Timestamp=1465185768&Version=2017-03-12
            """
        let expected = TencentSignature.expected(
            method: "GET",
            host: "cvm.tencentcloudapi.com",
            path: "/",
            parameters: QueryText.parameters(query),
            secret: Self.tencentSecret
        )
        #expect(expected == "EliP9YW3pW28FpsEdkXt/+WcGeI=")
    }

    @Test(
        "Zenlayer's signatures are what the verifier expects",
        arguments: [
            (
                #"{"pageSize":10,"pageNum":1,"zoneId":"HKG-A"}"#, "1673361177",
                "application/json; charset=utf-8",
                "efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f"
            ),
            (
                #"{"zoneId": "FRA-A", "osType": "linux", "pageNum": 1, "pageSize": 100}"#,
                "1767225600",
                "application/json",
                "d52ccf377fb4bccb86a3ca1a5f69bed2efe46c423524b9f55ff0418a649fd1f4"
            ),
            (
                "{}", "1767225600", "application/json",
                "0ad325a05a7886af5385a6d646ceebcdec4eb90418699fa6751cf4ceaea39c00"
            ),
            (
                #"{"imageName":"测试镜像","pageNum":1,"pageSize":20,"zoneId":"FRA-A"}"#, "1767225600",
                "application/json",
                "4d003305511b66f1e1bb004ede6af48669e1cf999c14d7cd3b2345155953b5a8"
            ),
        ]
    )
    func zenlayer(body: String, timestamp: String, type: String, signature: String) {
        let fields = [("content-type", type), ("host", "console.zenlayer.com")]
        let expected = ZenlayerSignature.expected(
            request("POST", "/api/v2/vm", fields, body: body),
            signedNames: ["content-type", "host"],
            timestamp: timestamp,
            password: Self.zenlayerPassword
        )
        #expect(expected == signature)
    }

    @Test(
        "Huawei's signatures are what the verifier expects",
        arguments: [
            (
                "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                "service.region.example.com", "20191115T033655Z",
                ["content-type", "host", "x-sdk-date"],
                "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
            ),
            (
                "/v2/images?limit=2&created_at=gte:2018-10-28T10%3A00:00Z&__platform=Oracle%20Linux&__imagetype=gold",
                "ims.cn-north-4.myhuaweicloud.com", "20260115T083000Z",
                ["content-type", "host", "x-project-id", "x-sdk-date"],
                "221a36d294ffb26f1d2dfa4bb324dd79c50a12102b589c98859909393683aec7"
            ),
            (
                "/v2/images?limit=2", "ims.cn-north-4.myhuaweicloud.com", "20260115T083000Z",
                ["host", "x-sdk-date"],
                "6a367fbc77b3cf2ca4393fccdee7a574a0082e516b6e9f8b4fee392164eade19"
            ),
        ]
    )
    func huawei(target: String, host: String, date: String, names: [String], signature: String)
        throws
    {
        let fields = [
            ("content-type", "application/json"), ("host", host), ("x-sdk-date", date),
            ("x-project-id", "1bed856811654c1cb661a6ca845ebc77"),
        ]
        let canonical = HuaweiSignature.canonicalRequest(
            request("GET", target, fields),
            signedNames: names
        )
        let text = try #require(canonical)
        #expect(HuaweiSignature.signature(text, date: date, secret: Self.huaweiSecret) == signature)
    }

    @Test("The sheet's access token is good until it expires, and never with another key")
    func gmi() {
        let token = """
            eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VySWQiOiIzZjBjMmM3ZS02ZjBiLTRhNTctOWQwYS0wYzdmN2Q1\
            YTFiMTEiLCJleHAiOjE3NjcyMjkyMDB9.H-kcludmOFYu1WBsbhAMbax6OalZInE7VlEufvdGFqQ
            """
        let tokens = GMITokens(secret: "simulator-secret")
        #expect(tokens.check(token, .access, now: 1_767_229_199) == .valid)
        #expect(tokens.check(token, .access, now: 1_767_229_200) == .expired)
        #expect(tokens.check(token, .refresh, now: 1_767_229_199) == .invalid)
        #expect(GMITokens(secret: "other").check(token, .access, now: 0) == .invalid)
    }
}
