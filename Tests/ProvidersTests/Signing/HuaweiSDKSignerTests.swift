import Cryptography
import ImageModel
import Observability
import Testing

@testable import Providers

@Suite("SDK-HMAC-SHA256 signatures")
struct HuaweiSDKSignerTests {
    typealias Request = HuaweiSDKSigner.Request
    typealias Header = HuaweiSDKSigner.Header

    static let signer = HuaweiSDKSigner(
        accessKey: "QTWAOYTTINDUT2QVKYUC",
        secretKey: Redacted("MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc")
    )

    static func date(_ text: String) throws -> Timestamp {
        try #require(Timestamp(rfc3339: text))
    }

    static func query(_ text: String) -> [QueryString.Pair] { QueryString(parsing: text).pairs }

    @Test("The official example signs as printed")
    func officialExample() throws {
        let request = Request(
            path: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs",
            query: Self.query("marker=13551d6b-755d-4757-b956-536f674975c0&limit=2"),
            headers: [
                Header(name: "X-Sdk-Date", value: "20191115T033655Z"),
                Header(name: "Host", value: "service.region.example.com"),
                Header(name: "Content-Type", value: " application/json "),
            ]
        )
        let canonical = Self.signer.canonicalRequest(request)
        #expect(
            Hex.encode(Digest.sha256.hash(canonical))
                == "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
        )
        #expect(
            Self.signer.authorization(request, date: try Self.date("2019-11-15T03:36:55Z"))
                == "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, "
                + "SignedHeaders=content-type;host;x-sdk-date, "
                + "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
        )
    }

    @Test("A filtered image list signs like the vendor's client")
    func filteredList() throws {
        let request = Request(
            path: "/v2/images",
            query: Self.query(
                "limit=2&created_at=gte%3A2018-10-28T10%3A00%3A00Z&__platform=Oracle%20Linux"
                    + "&__imagetype=gold"
            ),
            headers: [
                Header(name: "Content-Type", value: "application/json"),
                Header(name: "X-Project-Id", value: "1bed856811654c1cb661a6ca845ebc77"),
                Header(name: "X-Sdk-Date", value: "20260115T083000Z"),
                Header(name: "Host", value: "ims.cn-north-4.myhuaweicloud.com"),
            ]
        )
        let canonical = Self.signer.canonicalRequest(request)
        #expect(
            Hex.encode(Digest.sha256.hash(canonical))
                == "2be9bf45b7c80fbc15ca17de2169242fc64542a759b1b71fcc9e76fa96412f1d"
        )
        #expect(
            Self.signer.signature(of: canonical, date: try Self.date("2026-01-15T08:30:00Z"))
                == "221a36d294ffb26f1d2dfa4bb324dd79c50a12102b589c98859909393683aec7"
        )
    }

    @Test("The least that can be signed signs like the vendor's client")
    func minimum() throws {
        let request = Request(
            path: "/v2/images",
            query: Self.query("limit=2"),
            headers: [
                Header(name: "X-Sdk-Date", value: "20260115T083000Z"),
                Header(name: "Host", value: "ims.cn-north-4.myhuaweicloud.com"),
            ]
        )
        let canonical = Self.signer.canonicalRequest(request)
        #expect(
            Hex.encode(Digest.sha256.hash(canonical))
                == "5d957d1b8cc770e3cf0818044b2c1f33eae6c4f719cf8771e558fd4e820b4abb"
        )
        #expect(
            Self.signer.signature(of: canonical, date: try Self.date("2026-01-15T08:30:00Z"))
                == "6a367fbc77b3cf2ca4393fccdee7a574a0082e516b6e9f8b4fee392164eade19"
        )
    }
}
