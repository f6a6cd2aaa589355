import Testing

@testable import Observability

struct TargetRedactionTests {
    @Test(
        "The value of a parameter that looks like a key is never shown",
        arguments: [
            "key", "token", "secret", "password", "api_key", "access_token", "authorization",
            "KEY", "Api-Key", "x-api-key", "secret_access_key", "X-Amz-Signature", "%6Bey",
            "%4BEY", "k%65y", "a%2Epi%5Fkey",
        ]
    )
    func secrets(name: String) {
        for target in [
            "/v1/images?\(name)=PLANTED", "/v1/images?q=x&\(name)=PLANTED&limit=5",
            "/?\(name)=PLANTED=PLANTED?PLANTED", "*?\(name)=PLANTED&\(name)=PLANTED",
        ] {
            let redacted = TargetRedaction.redacted(target)
            #expect(!redacted.contains("PLANTED"), "\(redacted)")
            #expect(redacted == target.replacing(/PLANTED[^&]*/, with: "[redacted]"))
        }
    }

    @Test(
        "Everything else is shown as it was sent",
        arguments: [
            "/v1/images", "*", "", "/v1/images?", "/v1/images?q=key&os_family=linux",
            "/key=x", "/v1/images?key", "/a?&&=&b", "/a?%=%&%z=1&tags=token", "/a?q=鏡",
            "/v1/images?limit=5&cursor=abc&require=complete&latest_by=os_version",
        ]
    )
    func harmless(target: String) {
        #expect(TargetRedaction.redacted(target) == target)
    }
}
