import Cryptography
import ImageModel
import Observability
import Testing

@testable import Providers

@Suite("ZC2 signatures")
struct ZC2SignerTests {
    static let signer = ZC2Signer(
        keyID: "0D9UtpyKYcHxms5v",
        keyPassword: Redacted("Gu5t9xGARNpq86cd98joQYCN3")
    )

    @Test("The official example signs as printed")
    func officialExample() {
        let body = Array(#"{"pageSize":10,"pageNum":1,"zoneId":"HKG-A"}"#.utf8)
        let type = "application/json; charset=utf-8"
        let host = "console.zenlayer.com"
        let request = Self.signer.canonicalRequest(authority: host, contentType: type, body: body)
        #expect(
            Hex.encode(Digest.sha256.hash(request))
                == "29396f9dfa0f03820b931e8aa06e20cda197e73285ebd76aceb83f7dede493ee"
        )
        let authorization = Self.signer.authorization(
            authority: host,
            contentType: type,
            body: body,
            date: Timestamp(seconds: 1_673_361_177)
        )
        #expect(
            authorization
                == "ZC2-HMAC-SHA256 Credential=0D9UtpyKYcHxms5v, "
                + "SignedHeaders=content-type;host, "
                + "Signature=efb356c32e55c781e10dc676da59462c22596d82e91c57803666243379555b2f"
        )
    }

    @Test(
        "Image lists sign as computed with the vendor's client and by hand",
        arguments: [
            (
                #"{"zoneId": "FRA-A", "osType": "linux", "pageNum": 1, "pageSize": 100}"#,
                "91e35f9287f3a493fc462a1db89e7edf15826374023f27692b00139a4133121c",
                "d52ccf377fb4bccb86a3ca1a5f69bed2efe46c423524b9f55ff0418a649fd1f4"
            ),
            (
                #"{"zoneId":"FRA-A","osType":"linux","pageNum":1,"pageSize":100}"#,
                "5ebc36ea145fe14d83751204a4017b554880d7384d8cb444982ffad734f84faa",
                "256aada34caa1460bf35b12207cfbfb9ba4561c170b10355e8d7f4a00697861f"
            ),
            (
                "{}",
                "2eb6d40a6d77fe762274e366f8d05626427e80b1c9e1a816d9c08676d12257a4",
                "0ad325a05a7886af5385a6d646ceebcdec4eb90418699fa6751cf4ceaea39c00"
            ),
            (
                #"{"imageName":"测试镜像","pageNum":1,"pageSize":20,"zoneId":"FRA-A"}"#,
                "dfb8308c7ae73411567d7bf6ad618f1d98ede2fb0169faf8f0f8f86237838363",
                "4d003305511b66f1e1bb004ede6af48669e1cf999c14d7cd3b2345155953b5a8"
            ),
        ]
    )
    func imageLists(body: String, digest: String, signature: String) {
        let request = Self.signer.canonicalRequest(
            authority: "console.zenlayer.com",
            contentType: "application/json",
            body: Array(body.utf8)
        )
        #expect(Hex.encode(Digest.sha256.hash(request)) == digest)
        #expect(
            Self.signer.signature(of: request, date: Timestamp(seconds: 1_767_225_600))
                == signature
        )
    }
}
