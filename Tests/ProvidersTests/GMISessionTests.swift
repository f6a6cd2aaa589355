import Cryptography
import ImageModel
import Observability
import Providers
import Testing
import Upstreams

@Suite("GMI session")
struct GMISessionTests {
    static func login() throws -> any SessionAuthentication {
        try #require(try Adapters.gmiSession().session)
    }

    static func token(endsAt seconds: Int64) -> String {
        let payload = Base64.url.encode(Array(#"{"userId":"u","exp":\#(seconds)}"#.utf8))
        return "eyJhbGciOiJIUzI1NiJ9.\(payload).c2ln"
    }

    static let now = AdapterCase.date
    static let ended = Session(token: "a", refreshToken: token(endsAt: now.seconds - 1))
    static let going = Session(token: "a", refreshToken: token(endsAt: now.seconds + 60))

    static func request(_ step: SessionStep?, _ previous: Session?) throws -> String {
        let request = try login().request(after: step, previous: previous, date: now)
        #expect(request.value(of: "CE-ClientId") == "image-gateway")
        #expect(request.value(of: "Content-Type") == "application/json")
        return "\(request.method) \(request.url) \(request.text)"
    }

    @Test("A login takes two calls, a refresh one, and an ended refresh token is not tried")
    func requests() throws {
        let base = "https://console.gmicloud.ai/api/v1/me"
        let first = #"POST \#(base)/auth-tokens {"email":"a@b.example","password":"word"}"#
        #expect(try Self.request(nil, nil) == first)
        #expect(try Self.request(nil, Self.ended) == first)
        #expect(try Self.request(nil, Session(token: "a")) == first)
        let refreshToken = Self.going.refreshToken?.revealed ?? ""
        #expect(
            try Self.request(nil, Self.going)
                == #"PATCH \#(base)/sessions {"refreshToken":"\#(refreshToken)"}"#
        )
        #expect(
            try Self.request(SessionStep("step"), nil)
                == #"POST \#(base)/sessions {"type":"native","authToken":"step","otpCode":null}"#
        )
    }

    static func decode(
        _ response: UpstreamResponse,
        after step: SessionStep? = nil,
        previous: Session? = nil
    ) throws -> SessionProgress {
        try login().decode(response, after: step, previous: previous, date: now)
    }

    @Test("Each answer leads to the next call or to a session that knows its end")
    func answers() throws {
        #expect(
            try Self.decode(UpstreamResponse(201, #"{"authToken":"x","is2FARequired":false}"#))
                == .next(SessionStep("x"))
        )
        let access = Self.token(endsAt: 1_767_229_200)
        let body = #"{"accessToken":"\#(access)","refreshToken":"new"}"#
        let session = Session(
            token: access,
            refreshToken: "new",
            beganAt: Self.now,
            expiresAt: Timestamp(seconds: 1_767_229_200)
        )
        #expect(
            try Self.decode(UpstreamResponse(200, body), after: SessionStep("x"))
                == .established(session)
        )
        #expect(
            try Self.decode(UpstreamResponse(200, body), previous: Self.going)
                == .established(session)
        )
    }

    @Test("The documented example of a token tells its end")
    func documentedToken() throws {
        let token =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VySWQiOiIzZjBjMmM3ZS02ZjBiLTRhNTctOWQwYS0w"
            + "YzdmN2Q1YTFiMTEiLCJleHAiOjE3NjcyMjkyMDB9.H-kcludmOFYu1WBsbhAMbax6OalZInE7VlEufvdGFqQ"
        let progress = try Self.decode(UpstreamResponse(200, #"{"accessToken":"\#(token)"}"#))
        #expect(
            progress
                == .established(
                    Session(
                        token: token,
                        beganAt: Self.now,
                        expiresAt: Timestamp(seconds: 1_767_229_200)
                    )
                )
        )
    }

    @Test("A refused login is final, a refused refresh asks for a new login")
    func refusals() {
        let answer = UpstreamResponse(401, #"{"code":0,"group":"auth_verify"}"#)
        let cases: [(SessionStep?, Session?, UpstreamError.Code)] = [
            (nil, nil, .unauthorized), (SessionStep("x"), Self.going, .unauthorized),
            (nil, Self.going, .sessionExpired),
        ]
        for (step, previous, code) in cases {
            let error = #expect(throws: UpstreamError.self) {
                try Self.decode(answer, after: step, previous: previous)
            }
            #expect(error?.code == code)
        }
    }

    @Test(
        "Answers without a usable token are malformed",
        arguments: ["", "{}", "[]", #"{"authToken":7}"#, #"{"accessToken":"a b"}"#, "<html>"]
    )
    func malformedAnswers(body: String) {
        let error = #expect(throws: UpstreamError.self) {
            try Self.decode(UpstreamResponse(200, body))
        }
        #expect(error?.code == .malformedAnswer)
    }

    @Test("An account that asks for a one-time code cannot log in here")
    func secondFactor() {
        let error = #expect(throws: UpstreamError.self) {
            try Self.decode(UpstreamResponse(200, #"{"authToken":"x","is2FARequired":true}"#))
        }
        #expect(error?.code == .unauthorized)
    }

    @Test("A token with less than a minute left is renewed first")
    func renewal() throws {
        let login = try Self.login()
        for (seconds, isDue) in [(59, true), (60, false), (-1, true)] as [(Int, Bool)] {
            let session = Session(token: "t", expiresAt: Self.now.advanced(by: .seconds(seconds)))
            #expect(login.needsRenewal(session, at: Self.now) == isDue)
        }
        #expect(!login.needsRenewal(Session(token: "t"), at: Self.now))
    }

    @Test(
        "A token that lives less than four minutes is used for three quarters of its life",
        arguments: [(40, 29, false), (40, 31, true), (1, 0, false), (0, 0, false), (-9, 0, false)]
    )
    func shortToken(lifetime: Int64, age: Int, isDue: Bool) throws {
        let access = Self.token(endsAt: Self.now.seconds + lifetime)
        let progress = try Self.decode(UpstreamResponse(200, #"{"accessToken":"\#(access)"}"#))
        guard case .established(let session) = progress else {
            Issue.record("no session")
            return
        }
        let date = Self.now.advanced(by: .seconds(age))
        #expect(try Self.login().needsRenewal(session, at: date) == isDue)
    }

    @Test("Lists carry the session's token and the client's name, and fail without a session")
    func listing() throws {
        let adapter = try Adapters.gmiSession()
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: Session(token: "t"),
            date: Self.now
        )
        #expect(request.value(of: "Authorization") == "Bearer t")
        #expect(request.value(of: "CE-ClientId") == "image-gateway")
        let error = #expect(throws: UpstreamError.self) {
            try adapter.pageRequest(at: .first, pushdown: nil, session: nil, date: Self.now)
        }
        #expect(error?.code == .sessionExpired)
    }
}
