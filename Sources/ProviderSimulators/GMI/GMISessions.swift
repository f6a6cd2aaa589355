import HTTPWire
import JSONText

/// Log in, open a session, renew it, and who is it: what GMI's own client does.
struct GMISessions: Sendable {
    let world: SimulatorWorld
    /// Seconds since 1970.
    let now: Int64

    func answer(_ request: HTTPRequest, _ path: Substring) -> DialectAnswer {
        let route = "\(request.method) /api/me/\(path)"
        switch (path, request.method) {
        case ("auth-tokens", "POST"): return DialectAnswer(logIn(request), route: route)
        case ("sessions", "POST"): return DialectAnswer(open(request), route: route)
        case ("sessions", "PATCH"): return DialectAnswer(renew(request), route: route)
        case ("profile", "GET"): return DialectAnswer(profile(request), route: route)
        case ("auth-tokens", _): return DialectAnswer(.methodNotAllowed("POST"), route: "other")
        case ("sessions", _): return DialectAnswer(.methodNotAllowed("POST, PATCH"), route: "other")
        case ("profile", _): return DialectAnswer(.methodNotAllowed("GET"), route: "other")
        default:
            let response = HTTPResponse.json(status: 404) { $0.member("reason", "not found") }
            return DialectAnswer(response, route: "other")
        }
    }

    private var tokens: GMITokens { GMITokens(secret: world.credentials.secret) }

    private func logIn(_ request: HTTPRequest) -> HTTPResponse {
        guard let body = body(request), let email = body["email"]?.stringValue,
            let password = body["password"]?.stringValue
        else { return malformed("email") }
        let isEmail = isSameSecret(email, world.credentials.email)
        guard isSameSecret(password, world.credentials.password), isEmail else {
            return unauthorized("Wrong email or password.")
        }
        let number = world.withRefreshTokens { $0.nextNumber() }
        let token = tokens.token(.login, expires: now + GMITokens.loginLifetime, number: number)
        return .json(status: 201) { writer in
            writer.member("authToken", token)
            writer.member("is2FARequired", false)
        }
    }

    private func open(_ request: HTTPRequest) -> HTTPResponse {
        guard let body = body(request), let token = body["authToken"]?.stringValue,
            body["type"]?.stringValue == "native"
        else { return malformed("authToken") }
        guard tokens.check(token, .login, now: now) == .valid else {
            return unauthorized("Invalid auth token.")
        }
        return session()
    }

    /// Rotation: the old refresh token is worth nothing afterwards.
    private func renew(_ request: HTTPRequest) -> HTTPResponse {
        guard let token = body(request)?["refreshToken"]?.stringValue else {
            return malformed("refreshToken")
        }
        guard tokens.check(token, .refresh, now: now) == .valid,
            world.withRefreshTokens({ $0.spend(token) })
        else { return unauthorized("Invalid refresh token.") }
        return session()
    }

    private func session() -> HTTPResponse {
        let refreshToken = world.withRefreshTokens { refreshTokens in
            let number = refreshTokens.nextNumber()
            let expires = now + GMITokens.refreshLifetime
            let token = tokens.token(.refresh, expires: expires, number: number)
            refreshTokens.remember(token)
            return token
        }
        let accessToken = tokens.token(.access, expires: now + GMITokens.accessLifetime)
        return .json(status: 201) { writer in
            writer.member("accessToken", accessToken)
            writer.member("refreshToken", refreshToken)
        }
    }

    private func profile(_ request: HTTPRequest) -> HTTPResponse {
        if let refusal = GMIDialect.refusal(request, world, now: now) { return refusal }
        return .json { writer in
            writer.key("user")
            writer.object { writer in
                writer.member("userId", GMITokens.userID)
                writer.member("email", world.credentials.email)
            }
            writer.key("organization")
            writer.object { writer in
                writer.member("id", "7d0f4b7e-2c1a-4d7b-9c55-1a2b3c4d5e6f")
                writer.member("role", "OrganizationOwner")
            }
        }
    }

    private func body(_ request: HTTPRequest) -> JSONValue? {
        try? JSONValue(parsing: request.body, limits: JSONLimits(depthMax: 8))
    }

    private func unauthorized(_ message: String) -> HTTPResponse {
        GMIDialect.unauthorized(0, message)
    }

    private func malformed(_ field: String) -> HTTPResponse {
        .json(status: 400) { writer in
            writer.member("code", 0)
            writer.member("group", "request")
            writer.member("message", "\(field) is missing")
        }
    }
}
