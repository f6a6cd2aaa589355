import TestKit
import Testing

@testable import Observability

struct TargetRedactionTests {
    private static let known = [
        "limit", "q", "tag", "os_family", "name", "created_after", "explain",
    ]
    private static let redaction = TargetRedaction(showing: known)

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
        ]
    )
    func paths(rest: String) {
        for query in ["", "?", "?limit=1"] {
            check("/v1/images\(rest)\(query)", "/v1/images[redacted]\(query)")
        }
    }

    @Test(
        "Everything else is shown as it was sent",
        arguments: [
            "/v1/images", "*", "", "/v1/images?", "/v1/images/aries/img-1%3A2", "/v1/images/a:b:c",
            "/assets/0123abcd/base.css", "/key/%E9%8F%A1%20+@!$'(),~", "/鏡", "?", "/?&&", "/?=",
            "/?q=key&os_family=linux&limit=5", "/?explain&l%69mit&explain=true", "/?q=&q==&q=a=b",
            "/?name=ubuntu-2?.04*&q=what?", "/?name=%3F%26&q=%", "/?tag=env%3Dprod,key:a%253Fb",
            "/?created_after=2024-01-01T00:00:00Z", "/?q=鏡", "/?q=x;y;z=1;=2;:", "/?l%69mit=1",
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
            pick(known) + "=" + pick(["", "1", "a?b", "a;b", "%E9%8F%A1", "a=b"])
        }
        guard Bool.random(using: &random) else {
            let rest = harmless.isEmpty ? "" : "?\(harmless.joined(separator: "&"))"
            let mark = pick([";", "&", "=", "%3f", "%3B", "%26", "%25"])
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
            "\(other)=a=PLANTED;PLANTED?PLANTED",
        ])
    }

    private mutating func pick(_ texts: [String]) -> String {
        texts[Int.random(in: texts.indices, using: &random)]
    }
}
