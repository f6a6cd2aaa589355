import HTTPWire
import JSONText

/// GMI's Cluster Engine: one bare array, two envelopes for errors, and sessions.
struct GMIDialect: Dialect {
    static let provider = SimulatedProvider.gmi
    private static let images = "/api/v1/images"

    let world: SimulatorWorld

    static func serves(_ path: Substring) -> Bool {
        path == images || path.hasPrefix(images + "/") || path == "/api/v1/idcs"
            || path.hasPrefix("/api/me/") || path.hasPrefix("/api/v1/me/")
    }

    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        let seconds = now / 1_000_000
        let path = request.path
        if let sessions = sessionPath(path) {
            return GMISessions(world: world, now: seconds).answer(request, sessions)
        }
        let isList = path == Self.images
        let isDataCentres = path == "/api/v1/idcs"
        let route = "GET " + (isList || isDataCentres ? String(path) : Self.images + "/{id}")
        guard request.method == "GET" else {
            return DialectAnswer(.methodNotAllowed("GET"), route: "other")
        }
        if let refusal = Self.refusal(request, world, now: seconds) {
            return DialectAnswer(refusal, route: route)
        }
        if isDataCentres { return DialectAnswer(dataCentres, route: route) }
        if isList { return await list(request, route) }
        return detail(String(path.dropFirst(Self.images.utf8.count + 1)), route)
    }

    /// The part behind `/me/`, with and without the version.
    private func sessionPath(_ path: Substring) -> Substring? {
        for prefix in ["/api/v1/me/", "/api/me/"] where path.hasPrefix(prefix) {
            return path.dropFirst(prefix.utf8.count)
        }
        return nil
    }

    /// `nil` for a bearer that may pass.
    static func refusal(
        _ request: HTTPRequest,
        _ world: SimulatorWorld,
        now: Int64
    ) -> HTTPResponse? {
        let text = request.fields.value(of: "authorization") ?? ""
        let token = text.hasPrefix("Bearer ") ? text.dropFirst(7) : ""
        if isSameSecret(String(token), world.credentials.token) { return nil }
        switch GMITokens(secret: world.credentials.secret).check(token, .access, now: now) {
        case .valid: return nil
        case .expired: return unauthorized(1, "Expired access token.")
        case .invalid: return unauthorized(0, "Invalid access token.")
        }
    }

    static func unauthorized(_ code: Int, _ message: String) -> HTTPResponse {
        // The specification writes this field's name with an underscore.
        .json(status: 401, fields: [HTTPField("www_authenticate", "Bearer")]) { writer in
            writer.member("code", code)
            writer.member("group", "auth_verify")
            writer.member("message", message)
        }
    }

    private func list(_ request: HTTPRequest, _ route: String) async -> DialectAnswer {
        let parameters = QueryText.parameters(request.query ?? "")
        let dataCentre = parameters.first("idc")
        let product = parameters.first("product")
        for (name, value, countMax) in [("idc", dataCentre, 50), ("product", product, 256)] {
            if let value, let refusal = Self.refusal(name, value, countMax) {
                return DialectAnswer(refusal, route: route)
            }
        }
        let edition = world.edition(.gmi)
        var writer = JSONWriter()
        var rowCount = 0
        writer.beginArray()
        for (index, serial) in world.listings.all(edition).enumerated() {
            if index & 4095 == 4095 { await Task.yield() }
            let image = GMIImage(serial: Int(serial), in: edition)
            if let dataCentre, image.dataCentre != dataCentre { continue }
            if let product, image.products?.contains(product) != true { continue }
            image.write(to: &writer)
            rowCount += 1
        }
        writer.endArray()
        return DialectAnswer(.json(writer.bytes), route: route, rowCount: rowCount)
    }

    /// What is wrong with a filter: its length or its pattern `^[a-zA-Z0-9._-]+$`.
    private static func refusal(_ name: String, _ value: String, _ countMax: Int) -> HTTPResponse? {
        let pattern = "^[a-zA-Z0-9._-]+$"
        let isAllowed = value.utf8.allSatisfy {
            Identifiers.anyCase.contains($0) || "._-".utf8.contains($0)
        }
        let isShort = value.utf8.count <= countMax
        if isAllowed, isShort, !value.isEmpty { return nil }
        let violation =
            isShort || !isAllowed
            ? Violation("pattern", pattern, "This field does not match the pattern.")
            : Violation("max", String(countMax), "This field is too long.")
        return violation.response(field: name, value: value)
    }

    private struct Violation {
        var expression: String
        var argument: String
        var reason: String

        init(_ expression: String, _ argument: String, _ reason: String) {
            self.expression = expression
            self.argument = argument
            self.reason = reason
        }

        func response(field: String, value: String) -> HTTPResponse {
            .json(status: 400) { writer in
                writer.member("code", 0)
                writer.member("group", "request")
                writer.member("message", "invalid parameter")
                writer.key("validationDetail")
                writer.array { writer in
                    writer.object { writer in
                        writer.member("field", field)
                        writer.member("expression", expression)
                        writer.member("argument", argument)
                        writer.member("originalValue", value)
                        writer.member("reason", reason)
                    }
                }
            }
        }
    }

    private func detail(_ id: String, _ route: String) -> DialectAnswer {
        let edition = world.edition(.gmi)
        guard let serial = GMIImage.liveSerial(of: id, in: edition) else {
            let response = HTTPResponse.json(status: 404) { $0.member("reason", "image not found") }
            return DialectAnswer(response, route: route)
        }
        var writer = JSONWriter()
        GMIImage(serial: serial, in: edition).write(to: &writer)
        return DialectAnswer(.json(writer.bytes), route: route)
    }

    private var dataCentres: HTTPResponse {
        var writer = JSONWriter()
        writer.array { writer in
            for name in GMIImage.dataCentres { writer.object { $0.member("name", name) } }
        }
        return .json(writer.bytes)
    }
}
