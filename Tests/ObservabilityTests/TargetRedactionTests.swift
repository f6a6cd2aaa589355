import TestKit
import Testing

@testable import Observability

struct TargetRedactionTests {
    private static let known = [
        "limit", "q", "tag", "os_family", "name", "created_after", "explain",
    ]
    private static let redaction = TargetRedaction(showing: known)
    /// `{"alg":"EdDSA"}`, what such a token begins with.
    private static let token = "eyJhbGciOiJFZERTQSJ9"

    private func check(_ target: String, _ shown: String) {
        #expect(Self.redaction.redacted(target) == shown)
        let isPlain = Self.redaction.isPlain(target.utf8.span)
        #expect(isPlain == (target == shown && target.utf8.allSatisfy { $0 < 0x80 }), "\(target)")
    }

    @Test(
        "Of a parameter that is not known the name is shown, where it looks like one, and no value",
        arguments: [
            ("token=PLANTED", "token=[redacted]"), ("state=PLANTED", "state=[redacted]"),
            ("SAMLResponse=PLANTED", "SAMLResponse=[redacted]"), ("Q=PLANTED", "Q=[redacted]"),
            ("X-Sig.a_b[0]%5B9%5d=P", "X-Sig.a_b[0]%5B9%5d=[redacted]"), ("=b", "=[redacted]"),
            ("csrf=a=b?c;d", "csrf=[redacted]"), ("limits=1", "limits=[redacted]"),
            ("PLANTED", "[redacted]"), ("token:PLANTED", "[redacted]"), ("limit:1", "[redacted]"),
            ("limit?token=PLANTED", "[redacted]"), ("?limit=1", "[redacted]"),
            ("limit%3D1", "[redacted]"), ("token%3DPLANTED=1", "[redacted]"),
            ("a%253DPLANTED=1", "[redacted]"), ("a+b=1", "[redacted]"), ("%=1", "[redacted]"),
            ("a;token=PLANTED", "[redacted]"), ("鏡=PLANTED", "[redacted]"),
            ("PLANTED=", "[redacted]"), ("PLANTED==", "[redacted]"),
            ("PLANTED%3D=", "[redacted]"),
        ]
    )
    func unknown(part: String, shown: String) {
        for (before, after) in [("", ""), ("limit=5&", ""), ("", "&q=x"), ("&", "&&limit=1&")] {
            check("/v1/images?\(before)\(part)\(after)", "/v1/images?\(before)\(shown)\(after)")
        }
    }

    @Test("A name that is not known is shown up to its limit", arguments: [63, 64, 65])
    func nameLengths(byteCount: Int) {
        let name = String(repeating: "n", count: byteCount)
        check("/?\(name)=PLANTED", byteCount > 64 ? "/?[redacted]" : "/?\(name)=[redacted]")
    }

    @Test(
        "A value that is known is hidden from where another query, or a secret, seems to begin",
        arguments: [
            ("limit=1?token=PLANTED", "limit=1[redacted]"), ("q=a?b?c:PLANTED", "q=a[redacted]"),
            ("limit=1%3Ftoken%3DPLANTED", "limit=1[redacted]"), ("q=%3fa%3aP", "q=[redacted]"),
            ("limit=1%26csrf%3DPLANTED", "limit=1[redacted]"), ("%71=?=P", "%71=[redacted]"),
            ("q=x;token=PLANTED", "q=x;token=[redacted]"),
            ("q=x;a;a=b;SID:PLANTED;b", "q=x;a;a=b;SID:[redacted]"),
            ("q=x%3Bk%65y%3DPLANTED", "q=x%3Bk%65y%3D[redacted]"),
            ("q=x;a=token=PLANTED", "q=x;a=token=[redacted]"),
            ("name=a%23token=PLANTED", "name=a%23token=[redacted]"),
            ("name=a#token=PLANTED", "name=a#token=[redacted]"),
            ("name=a%20token=PLANTED", "name=a%20token=[redacted]"),
            ("name=a+token:PLANTED", "name=a+token:[redacted]"),
            ("name=a,token=PLANTED,b", "name=a,token=[redacted]"),
            ("name=a%0D%0Ax-api-key:+PLANTED", "name=a%0D%0Ax-api-key:[redacted]"),
            ("tag=token=PLANTED", "tag=token=[redacted]"), ("q=PIN:PLANTED", "q=PIN:[redacted]"),
            ("tag=env=prod,api_key=PLANTED", "tag=env=prod,api_key=[redacted]"),
            ("tag=env:prod:my.key:PLANTED", "tag=env:prod:my.key:[redacted]"),
            ("name=access_token%3DPLANTED", "name=access_token%3D[redacted]"),
            ("name=access_%74oken%3aPLANTED", "name=access_%74oken%3a[redacted]"),
            ("q=%253FPLANTED", "q=[redacted]"), ("q=a%2526b=PLANTED", "q=a[redacted]"),
            ("name=access_token%253DPLANTED", "name=access_token[redacted]"),
            ("q=a%PLANTED", "q=a[redacted]"), ("q=%", "q=[redacted]"),
            ("q=a+https://PLANTED:PLANTED@b", "q=a+https[redacted]"),
            ("q=https%3A%2f/PLANTED%40b", "q=https[redacted]"),
            ("q=https://a?b=c://PLANTED@d", "q=https[redacted]"),
            ("q=a?b://PLANTED@c", "q=a[redacted]"), ("q=key://PLANTED@c", "q=key:[redacted]"),
        ]
    )
    func knownWithMore(part: String, shown: String) {
        check("/v1/images?\(part)&limit=5", "/v1/images?\(shown)&limit=5")
    }

    @Test(
        "A path is shown up to what no path of ours holds",
        arguments: [
            ";token=PLANTED", "&token=PLANTED", "=PLANTED", "%3Ftoken=PLANTED", "%3ftoken:PLANTED",
            "%3Btoken%3DPLANTED", "%3dPLANTED", "%26PLANTED", "%253Ftoken=PLANTED", "%",
            "#token=PLANTED", "%23PLANTED",
        ]
    )
    func paths(rest: String) {
        for query in ["", "?", "?limit=1"] {
            check("/v1/images\(rest)\(query)", "/v1/images[redacted]\(query)")
        }
    }

    @Test(
        "Nothing of a path with a user in it is shown",
        arguments: [
            "PLANTED:PLANTED@host", "https://PLANTED%40host/v1/images", "PLANTED;PLANTED@", "@",
            "a%23PLANTED@host", "%40PLANTED",
        ]
    )
    func users(path: String) {
        check("/\(path)?limit=1@2", "/[redacted]?limit=1@2")
    }

    @Test(
        "From where a JSON Web Token seems to begin nothing is shown",
        arguments: [
            ("/v1/images/", "/v1/images/[redacted]"), ("/a.", "/a.[redacted]"),
            ("/?", "/?[redacted]"), ("/?limit=", "/?limit=[redacted]"),
            ("/?q=Bearer%20", "/?q=Bearer%20[redacted]"), ("/?q=a+", "/?q=a+[redacted]"),
            ("/?tag=a=", "/?tag=a=[redacted]"), ("/?a=", "/?a=[redacted]"),
        ]
    )
    func webTokens(before: String, shown: String) {
        for token in [
            Self.token, "%65yJhbGciOiJ%46ZERTQSJ9.e30.", "eyJ........_-......",
            "eyJ0123456789abcdef",
        ] {
            check("\(before)\(token)&limit=5", "\(shown)\(shown.contains("?") ? "&limit=5" : "")")
            check("\(before)\(token)", shown)
        }
        if before.contains("?") { check("\(before)\(Self.token)=1", shown) }
        check("/?a.\(Self.token)=1", "/?a.[redacted]")
    }

    @Test(
        "What only resembles a JSON Web Token is shown",
        arguments: [
            "eyJ0123456789abcde", "eyj\(token)", "x\(token)", "-\(token)",
            "eyJ\(token.prefix(9))+aaaaaa",
        ]
    )
    func otherTexts(text: String) {
        for before in ["/v1/images/", "/?q="] { check(before + text, before + text) }
    }

    @Test("Where no values are shown, the names of parameters are")
    func namesAlone() {
        let names = TargetRedaction(showing: [])
        let target = "/v1/images?limit=PLANTED&l%69mit=PLANTED;pw=PLANTED&PLANTED&q="
        let shown = "/v1/images?limit=[redacted]&l%69mit=[redacted]&[redacted]&[redacted]"
        #expect(names.redacted(target) == shown)
        #expect(!names.isPlain(target.utf8.span) && names.isPlain("/v1/images?&".utf8.span))
        #expect(names.redacted("/v1/images") == "/v1/images")
    }

    @Test(
        "Everything else is shown as it was sent",
        arguments: [
            "/v1/images", "*", "", "/v1/images?", "/v1/images/aries/img-1%3A2", "/v1/images/a:b:c",
            "/assets/0123abcd/base.css", "/key/%E9%8F%A1%20+!$'(),~", "/鏡", "?", "/?&&", "/?=",
            "/?q=key&os_family=linux&limit=5", "/?explain&l%69mit&explain=true", "/?q=&q==&q=a=b",
            "/?name=ubuntu-2?.04*&q=what?", "/?name=%3F%26",
            "/?tag=env%3Dprod,os:a&tag=product=container.h200.x1",
            "/?created_after=2024-01-01T00:00:00Z",
            "/?created_after=2024-01-01T00%3A00%3A00%2B01:00",
            "/?q=鏡", "/?q=https://a/b&name=a@b", "/?q=a@https://b", "/?q=key+token;secret,pin",
            "/?name=gmi:us-denver-1:8c822f9f-17f1-431b-8c6d-cba685c36fec",
            "/?q=0HYbok8wfttlfe0ptvoNGqkgeyJ0123456789abcdef_-eyJ0123456789abcdef",
            "/?q=x;y;z=1;=2;:", "/?l%69mit=1",
            "/?q=x;author=1;zipcode=2;compass=3;signal=4;pin2=5;oauth2x=6;toke=7;ke=8;pw=9",
        ]
    )
    func harmless(target: String) {
        check(target, target)
    }

    @Test(
        "What stands behind a semicolon is hidden where its name sounds secret",
        arguments: [
            "KEY", "access_token", "%6Bey", "k%65y", "a%2Epi%5Fkey", "myJWT2", "sessionId",
            "PHPSESSION", "bearer", "authorization", "client_assertion", "cookie", "credentials",
            "userPwd", "passwd", "Passphrase", "X-Amz-Signature", "client_secret", "auth_code",
            "%63ode", "Auth", "db-pass", "pin", "otp", "hmac", "sas", "connect.sid", "sig%5B%5D",
        ]
    )
    func secretNames(name: String) {
        check("/?q=a;\(name)=PLANTED;b&limit=5", "/?q=a;\(name)=[redacted]&limit=5")
    }

    @Test("A planted secret never shows, wherever it stands beside what is known")
    func planted() {
        let seed = UInt64.random(in: 0...(.max))
        var maker = TargetMaker(known: Self.known, random: SplitMix(seed: seed))
        for _ in 0..<5_000 {
            let (target, harmless) = maker.next()
            let shown = Self.redaction.redacted(target)
            #expect(!shown.contains("PLANTED"), "seed \(seed): \(target) shows as \(shown)")
            for part in harmless {
                #expect(shown.contains(part), "seed \(seed): \(target) lost \(part)")
            }
            #expect(Self.redaction.redacted(shown) == shown, "seed \(seed): \(target)")
            let isPlain = Self.redaction.isPlain(target.utf8.span)
            #expect(!isPlain, "seed \(seed): \(target)")
        }
    }
}

/// Makes targets with a secret in them.
private struct TargetMaker {
    let known: [String]
    var random: SplitMix

    /// A target, and what of it is harmless.
    mutating func next() -> (target: String, harmless: [String]) {
        let path = pick(["/", "/v1/images", "/v1/images/gmi:us:1%3A2"])
        let harmless = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            pick(known) + "=" + pick(["", "1", "a?b", "a;b", "%E9%8F%A1", "a=b", "a://b"])
        }
        guard Bool.random(using: &random) else {
            let rest = harmless.isEmpty ? "" : "?\(harmless.joined(separator: "&"))"
            let mark = pick([";", "&", "=", "%3f", "%3B", "%26", "%25", "#", "%23"])
            return (path + mark + pick(["token=", "", "state:"]) + "PLANTED" + rest, harmless)
        }
        var parts = harmless
        parts.insert(secret(), at: Int.random(in: 0...parts.count, using: &random))
        return ("\(path)?\(parts.joined(separator: "&"))", harmless + [path])
    }

    private mutating func secret() -> String {
        let name = pick(known)
        let other = pick(["token", "SAMLResponse", "a%5B%5D", "", "x y", "q?"])
        let assigned = pick(["=", ":", "%3D", "%3a"]) + "PLANTED"
        return pick([
            "\(other)=PLANTED", "PLANTED", "PLANTED=", "PLANTED==", "\(other)\(assigned)",
            "\(name)=1?\(other)\(assigned)", "\(name)=%3F\(other)\(assigned)",
            "\(name)=%26\(other)\(assigned)", "\(name)=a;token\(assigned)",
            "\(name)?\(other)=PLANTED", "\(name):PLANTED", "\(name)%3DPLANTED=",
            "\(other)=a=PLANTED;PLANTED?PLANTED", "\(name)=a%23token\(assigned)",
            "\(name)=token\(assigned)", "\(name)=a,b=c,api_key\(assigned)",
            "\(name)=%25PLANTED", "\(name)=a://PLANTED@b", "\(name)=eyJPLANTED.PLANTED.PLANTED",
        ])
    }

    private mutating func pick(_ texts: [String]) -> String {
        texts[Int.random(in: texts.indices, using: &random)]
    }
}
