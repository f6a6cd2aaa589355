import ImageModel
import Observability
import Providers
import Testing
import Upstreams

@Suite("Huawei session")
struct HuaweiSessionTests {
    static func login() throws -> any SessionAuthentication {
        try #require(try Adapters.huaweiSession().session)
    }

    static func decode(_ response: UpstreamResponse) throws -> SessionProgress {
        try login().decode(response, after: nil, previous: nil, date: AdapterCase.date)
    }

    @Test("A login asks the identity service for a token of the project")
    func request() throws {
        let request = try Self.login().request(after: nil, previous: nil, date: AdapterCase.date)
        #expect(request.method == "POST")
        #expect(request.url == "https://iam.example/v3/auth/tokens?nocatalog=true")
        #expect(request.value(of: "Content-Type") == "application/json;charset=utf8")
        #expect(
            request.text
                == #"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"user","#
                + #""password":"word","domain":{"name":"house"}}}},"#
                + #""scope":{"project":{"name":"cn-north-4"}}}}"#
        )
    }

    @Test("A project that is an id is named by its id")
    func projectID() throws {
        let id = "0123456789abcdef0123456789abcdef"
        let adapter = try Adapters.make(
            "huawei-ims",
            iamEndpoint: "https://iam.example",
            ["username": "u", "password": "p", "domain": "d", "project": id]
        )
        let request = try adapter.session?.request(
            after: nil,
            previous: nil,
            date: AdapterCase.date
        )
        #expect(request?.text.contains(#""scope":{"project":{"id":"\#(id)"}}"#) == true)
    }

    @Test("The token stands in a header field and its end in the body")
    func answer() throws {
        let body = #"{"token":{"expires_at":"2026-01-02T00:00:00.855000Z","methods":["password"]}}"#
        let progress = try Self.decode(UpstreamResponse(201, body, ("x-subject-token", "MIIabc")))
        let end = try #require(Timestamp(rfc3339: "2026-01-02T00:00:00.855Z"))
        let session = Session(token: "MIIabc", beganAt: AdapterCase.date, expiresAt: end)
        #expect(progress == .established(session))
    }

    @Test(
        "A login without a usable token is malformed",
        arguments: [
            [], [("X-Subject-Token", "")], [("X-Subject-Token", "a b")],
            [("X-Subject-Token", String(repeating: "a", count: 40_000))],
        ]
    )
    func answerWithoutToken(fields: [(String, String)]) {
        let response = UpstreamResponse(
            status: 201,
            fields: fields.map { UpstreamField($0.0, $0.1) },
            body: Array("{}".utf8)
        )
        let error = #expect(throws: UpstreamError.self) { try Self.decode(response) }
        #expect(error?.code == .malformedAnswer)
    }

    @Test("A refused password is not worth a renewal")
    func refusedPassword() {
        let body = #"{"error":{"code":401,"message":"no","title":"Unauthorized"}}"#
        let error = #expect(throws: UpstreamError.self) {
            try Self.decode(UpstreamResponse(401, body))
        }
        #expect(error?.code == .unauthorized && error?.providerCode == "401")
    }

    @Test("A token with less than half an hour left is renewed first")
    func renewal() throws {
        let login = try Self.login()
        for (seconds, isDue) in [(1_799, true), (1_800, false), (-1, true)] as [(Int, Bool)] {
            let session = Session(
                token: "t",
                expiresAt: AdapterCase.date.advanced(by: .seconds(seconds))
            )
            #expect(login.needsRenewal(session, at: AdapterCase.date) == isDue)
        }
        #expect(!login.needsRenewal(Session(token: "t"), at: AdapterCase.date))
    }

    @Test(
        "A token that lives shorter is used for three quarters of its life",
        arguments: [(40, 29, false), (40, 31, true), (7_200, 5_399, false), (7_200, 5_401, true)]
    )
    func shortToken(lifetime: Int, age: Int, isDue: Bool) throws {
        let end = AdapterCase.date.advanced(by: .seconds(lifetime)).rfc3339
        let body = #"{"token":{"expires_at":"\#(end)"}}"#
        let progress = try Self.decode(UpstreamResponse(201, body, ("x-subject-token", "t")))
        guard case .established(let session) = progress else {
            Issue.record("no session")
            return
        }
        let date = AdapterCase.date.advanced(by: .seconds(age))
        #expect(try Self.login().needsRenewal(session, at: date) == isDue)
    }

    @Test("Lists carry the session's token, and fail without a session")
    func listing() throws {
        let adapter = try Adapters.huaweiSession()
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: Session(token: "t"),
            date: AdapterCase.date
        )
        #expect(request.value(of: "X-Auth-Token") == "t")
        let error = #expect(throws: UpstreamError.self) {
            try adapter.pageRequest(
                at: .first,
                pushdown: nil,
                session: nil,
                date: AdapterCase.date
            )
        }
        #expect(error?.code == .sessionExpired)
    }

    @Test("A password without the identity service's address is refused")
    func missingEndpoint() {
        let error = #expect(throws: UpstreamError.self) {
            try Adapters.make(
                "huawei-ims",
                ["username": "u", "password": "p", "domain": "d", "project": "p"]
            )
        }
        #expect(error?.code == .misconfigured)
    }
}
