import Cryptography
import ImageModel
import Observability
import Testing

@testable import Providers

@Suite("TC3 signatures")
struct TC3SignerTests {
    static let example = TC3Signer(
        secretID: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        secretKey: Redacted("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"),
        service: "cvm"
    )
    static let official = Timestamp(seconds: 1_551_113_065)
    static let officialBody = Array(
        #"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#
            .utf8
    )

    static func headers(_ contentType: String) -> [TC3Signer.Header] {
        [
            .init(name: "Host", value: "cvm.tencentcloudapi.com"),
            .init(name: "Content-Type", value: contentType),
        ]
    }

    @Test("The older official example signs as printed, step by step")
    func olderOfficialExample() {
        let signer = Self.example
        let headers = Self.headers("application/json; charset=utf-8")
        let request = signer.canonicalRequest(headers: headers, body: Self.officialBody)
        #expect(
            Hex.encode(Digest.sha256.hash(Self.officialBody))
                == "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064"
        )
        #expect(
            Hex.encode(Digest.sha256.hash(request))
                == "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"
        )
        #expect(signer.scope(Self.official) == "2019-02-25/cvm/tc3_request")
        #expect(
            Hex.encode(signer.signingKey(Self.official))
                == "ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1"
        )
        #expect(
            signer.signature(headers: headers, body: Self.officialBody, date: Self.official)
                == "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
        )
    }

    @Test("The current official example, which signs the action too, signs as printed")
    func currentOfficialExample() {
        let stars = String(repeating: "*", count: 32)
        let signer = TC3Signer(
            secretID: "AKID\(stars)",
            secretKey: Redacted(stars),
            service: "cvm"
        )
        var headers = Self.headers("application/json; charset=utf-8")
        headers.append(.init(name: "X-TC-Action", value: "DescribeInstances"))
        let request = signer.canonicalRequest(headers: headers, body: Self.officialBody)
        #expect(
            Hex.encode(Digest.sha256.hash(request))
                == "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"
        )
        let signature = "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
        #expect(
            signer.authorization(headers: headers, body: Self.officialBody, date: Self.official)
                == "TC3-HMAC-SHA256 Credential=AKID\(stars)/2019-02-25/cvm/tc3_request, "
                + "SignedHeaders=content-type;host;x-tc-action, Signature=\(signature)"
        )
    }

    @Test(
        "Image lists sign like the vendor's own client",
        arguments: [
            (
                #"{"Filters":[{"Name":"image-type","Values":["PUBLIC_IMAGE"]}],"Limit":100,"Offset":0}"#,
                "8b000f21d1da86af306e7a1a0d0e12396e06768c3f8e06fac592bf99f8a419e0"
            ),
            (
                #"{"Filters": [{"Name": "image-type", "Values": ["PUBLIC_IMAGE"]}], "Offset": 0, "Limit": 100}"#,
                "39443a2d921519ab8e5118e09a778be5a8d56dd0cf11f33b2d3def367d5236fa"
            ),
        ]
    )
    func imageLists(body: String, signature: String) {
        let result = Self.example.signature(
            headers: Self.headers("application/json"),
            body: Array(body.utf8),
            date: Timestamp(seconds: 1_767_225_600)
        )
        #expect(result == signature)
    }

    @Test("A key derives day by day")
    func keysDerive() {
        let day = Digest.sha256.authenticate(
            "2019-02-25",
            key: Array("TC3Gu5t9xGARNpq86cd98joQYCN3EXAMPLE".utf8)
        )
        #expect(
            Hex.encode(day) == "d1308c81fe71cfd4e06437bbc067b2b8a3d2d8c0e375d547f15c41d5214b395a"
        )
        #expect(
            Hex.encode(Digest.sha256.authenticate("cvm", key: day))
                == "3c7cb7c7795393edc14fd2e0e6434a518564b4504b88e94f5d11bf59ba3e7050"
        )
        let next = Timestamp(seconds: 1_551_113_065 + 86_400)
        #expect(Self.example.signingKey(next) != Self.example.signingKey(Self.official))
    }
}
