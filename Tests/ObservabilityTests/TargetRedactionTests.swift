import Testing

@testable import Observability

struct TargetRedactionTests {
    @Test(
        "The value of a parameter that looks like a key is never shown",
        arguments: [
            "key", "token", "secret", "password", "api_key", "access_token", "authorization",
            "KEY", "Api-Key", "x-api-key", "secret_access_key", "X-Amz-Signature", "%6Bey",
            "%4BEY", "k%65y", "a%2Epi%5Fkey", "pwd", "userPwd", "passwd", "Passphrase", "sig",
            "X-Sig", "sig%5B%5D", "session", "sessionId", "PHPSESSION", "sid", "connect.sid",
            "jwt", "myJWT2", "bearer", "credential", "credentials", "X-Amz-Credential",
            "access_key", "AccessKeyId", "client_secret", "code", "auth_code", "%63ode", "auth",
            "Auth", "pass", "db-pass", "pin", "otp", "hmac", "sas", "cookie", "client_assertion",
            "Ocp-Apim-Subscription-Key",
        ] + TargetRedaction.secretWords + TargetRedaction.secretParts
    )
    func secrets(name: String) {
        for target in [
            "/v1/images?\(name)=PLANTED", "/v1/images?q=x&\(name)=PLANTED&limit=5",
            "/?\(name)=PLANTED=PLANTED?PLANTED", "*?\(name)=PLANTED&\(name)=PLANTED",
            "/?q=a;\(name)=PLANTED;PLANTED&limit=5", "/?a;;\(name)=PLANTED",
        ] {
            let redacted = TargetRedaction.redacted(target)
            #expect(!redacted.contains("PLANTED"), "\(redacted)")
            #expect(redacted == target.replacing(/PLANTED[^&]*/, with: "[redacted]"))
            let isPlain = TargetRedaction.isPlain(target.utf8.span)
            #expect(!isPlain)
        }
    }

    @Test(
        "Everything else is shown as it was sent",
        arguments: [
            "/v1/images", "*", "", "/v1/images?", "/v1/images?q=key&os_family=linux",
            "/key=x", "/v1/images?key", "/a?&&=&b", "/a?%=%&%z=1&tags=token", "/a?q=鏡",
            "/a?q=x;y;z=1;=2;",
            "/v1/images?limit=5&cursor=abc&require=complete&latest_by=os_version",
            "/?author=1&design=2&assign=3&inside=4&decode=5&zipcode=6&compass=7&spin=8&passport=9",
            "/?signal=1&codec=2&side=3&pin2=4&passes=5&oauth2x=6&toke=7&ke=8&pw=9&sessio=10",
            "/?provider=a&region=b&upstream=c&id=d&name=e&q=f&os_family=g&os_distribution=h&sort=i",
            "/?architecture=a&visibility=b&status=c&boot_mode=d&tag=e&created_after=f&updated_before=g",
            "/?min_disk_gb_max=1&min_ram_mb_max=2&fields=raw&facets=tag&deadline=1s&explain=true",
        ]
    )
    func harmless(target: String) {
        #expect(TargetRedaction.redacted(target) == target)
        let isPlain = TargetRedaction.isPlain(target.utf8.span)
        #expect(isPlain == target.utf8.allSatisfy { $0 < 0x80 })
    }
}
