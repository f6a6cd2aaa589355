import ImageModel
import Observability
import Testing
import Upstreams

@testable import Federation

@Suite("A provider's code that repeats what we sent")
struct EchoTests {
    private let request = UpstreamRequest(
        url: "http://x/list",
        fields: [
            UpstreamField("X-Auth-Token", "session-token-of-today"), UpstreamField("A", "Denied"),
        ],
        body: Array(#"{"authToken":"first-token-of-a-login"}"#.utf8)
    )

    private func shown(_ code: String) -> String? {
        UpstreamError(.unauthorized, "refused", status: 401, providerCode: code)
            .withoutEcho(of: request, secrets: [Redacted("hunter2secret"), Redacted("abc")])
            .providerCode
    }

    @Test(
        "is dropped where it is, holds or is part of a credential or a field",
        arguments: [
            "Denied.session-token-of-today", "session-token-of-today.session-token-of-today",
            "first-token-of-a-login", "hunter2secret", "x-hunter2secret.1", "hunter2s",
            "session-token-of-today", "token-of",
        ]
    )
    func dropped(_ code: String) {
        #expect(shown(code) == nil)
    }

    @Test(
        "and any other code stays, short words among them",
        arguments: ["APIGW.0301", "Denied", "abc", "hunter", "401", "AuthFailure.SecretIdNotFound"]
    )
    func kept(_ code: String) {
        #expect(shown(code) == code)
    }

    @Test("The rest of the error is as it was, and an error without a code too")
    func rest() {
        let error = UpstreamError(.forbidden, "m", status: 403, providerCode: "hunter2secret")
        let expected = UpstreamError(.forbidden, "m", status: 403)
        #expect(error.withoutEcho(of: nil, secrets: [Redacted("hunter2secret")]) == expected)
        #expect(expected.withoutEcho(of: request, secrets: []) == expected)
    }

    @Test("is not told either of calls that are not made because of that answer")
    func keptPause() async throws {
        let cloud = FakeCloud((0..<30).map { FakeCloud.image($0) })
        let fixture = try Fixture([cloud], policy: UpstreamPolicy(imagesMax: 10, retries: 0))
        _ = try await fixture.list()
        cloud.change { state in
            state.failure = UpstreamError(
                .unauthorized,
                "refused",
                status: 401,
                providerCode: "what-was-sent",
                retryAfter: .seconds(60)
            )
        }
        _ = try await fixture.list { $0.query.distributions = ["what-was-sent"] }
        let pause = try #require(fixture.nodes[0].pause(now: fixture.time.now))
        #expect(pause.code == .unauthorized && pause.providerCode == nil)
    }
}
