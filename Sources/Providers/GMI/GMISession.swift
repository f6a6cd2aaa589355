internal import ImageModel
internal import JSONText
internal import Observability
internal import Upstreams

/// Login by e-mail in two calls, then refresh tokens that work once each.
///
/// Paths and bodies as the vendor's own Python client 0.1.10 sends them: `POST /me/auth-tokens`,
/// `POST /me/sessions`, `PATCH /me/sessions`.
struct GMISession: SessionAuthentication {
    /// A token that has less than this left is renewed first, unless it lives shorter than four times this.
    static let renewalMargin = Duration.seconds(60)
    /// Upper bound on bytes of a token.
    static let tokenBytesMax = 32 << 10

    private let endpoint: ProviderEndpoint
    private let email: String
    private let password: Redacted<String>

    init(_ endpoint: ProviderEndpoint, _ credentials: ProviderCredentials) {
        self.endpoint = endpoint
        email = credentials["email"]
        password = Redacted(credentials["password"])
    }

    func request(
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        if let step {
            return call("POST", "sessions") { writer in
                writer.member("type", "native")
                writer.member("authToken", step.value.revealed)
                writer.member("otpCode", String?.none)
            }
        }
        if let refreshToken = GMISession.usable(previous, at: date) {
            return call("PATCH", "sessions") { $0.member("refreshToken", refreshToken) }
        }
        return call("POST", "auth-tokens") { writer in
            writer.member("email", email)
            writer.member("password", password.revealed)
        }
    }

    func decode(
        _ response: UpstreamResponse,
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> SessionProgress {
        guard response.status == 200 || response.status == 201 else {
            throw refusal(response, isRefresh: step == nil && previous?.refreshToken != nil)
        }
        let body = try? JSONValue(
            parsing: response.body,
            limits: JSONLimits(depthMax: 16, byteCountMax: 256 << 10)
        )
        if let access = token(body, "accessToken") {
            let refresh = token(body, "refreshToken")
            let expiry = TokenExpiry.date(of: access)
            return .established(
                Session(token: access, refreshToken: refresh, beganAt: date, expiresAt: expiry)
            )
        }
        guard step == nil, let first = token(body, "authToken") else {
            throw UpstreamError(
                .malformedAnswer,
                "The login succeeded, but its answer carries no usable token.",
                status: response.status
            )
        }
        guard body?["is2FARequired"]?.boolValue != true else { throw GMISession.needsPerson }
        return .next(SessionStep(first))
    }

    func needsRenewal(_ session: Session, at date: Timestamp) -> Bool {
        session.isEnding(at: date, margin: GMISession.renewalMargin)
    }

    // MARK: Parts

    private func call(
        _ method: String,
        _ path: String,
        _ body: (inout JSONWriter) -> Void
    ) -> UpstreamRequest {
        var writer = JSONWriter()
        writer.object(body)
        return UpstreamRequest(
            method: method,
            url: endpoint.url(path: "/api/v1/me/\(path)"),
            fields: [
                UpstreamField("Content-Type", "application/json"),
                UpstreamField("Accept", "application/json"),
                GMIAdapter.clientField,
            ],
            body: writer.bytes
        )
    }

    /// A refused refresh means that the old session is over: the driver starts again without it.
    private func refusal(_ response: UpstreamResponse, isRefresh: Bool) -> UpstreamError {
        let isOver = isRefresh && [400, 401, 403, 404].contains(response.status)
        if isOver { return UpstreamError(.sessionExpired, answer: response) }
        return GMIErrorCode.error(response, isInSession: false)
    }

    private func token(_ body: JSONValue?, _ name: String) -> String? {
        guard let text = body?[name]?.stringValue,
            (1...GMISession.tokenBytesMax).contains(text.utf8.count),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return text
    }

    private static func usable(_ session: Session?, at date: Timestamp) -> String? {
        guard let token = session?.refreshToken?.revealed else { return nil }
        if let expiry = TokenExpiry.date(of: token), expiry <= date { return nil }
        return token
    }

    private static var needsPerson: UpstreamError {
        UpstreamError(
            .unauthorized,
            "The account asks for a one-time code at login. Use an API key in `credentials.token`."
        )
    }
}
