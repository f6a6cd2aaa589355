import Cryptography
import HTTPWire
import JSONText

/// An Aries installation: the whole list in one bare array. How it asks for credentials is not
/// documented; this one accepts what its client's configuration can hold.
struct AriesDialect: Dialect {
    static let provider = SimulatedProvider.aries
    static let listPath = "/aries/api/v1/image/list"
    private static let imagePath = "/aries/api/v1/image/"

    let world: SimulatorWorld

    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        let isList = request.path == Self.listPath
        let route = "GET " + (isList ? Self.listPath : Self.imagePath + "{id}")
        guard isList || request.path.hasPrefix(Self.imagePath) else {
            return DialectAnswer(.text("404 page not found", status: 404), route: "other")
        }
        guard request.method == "GET" else {
            return DialectAnswer(.text("404 page not found", status: 404), route: "other")
        }
        guard isAuthorized(request) else {
            let field = HTTPField("www-authenticate", "Basic realm=\"Authorization Required\"")
            return DialectAnswer(HTTPResponse(status: 401, fields: [field]), route: route)
        }
        if isList { return await list(request, route) }
        return detail(String(request.path.dropFirst(Self.imagePath.utf8.count)), route)
    }

    private func isAuthorized(_ request: HTTPRequest) -> Bool {
        let accepted = world.credentials
        let pair = Base64.standard.encode(Array("\(accepted.user):\(accepted.password)".utf8))
        let authorization = request.fields.value(of: "authorization") ?? ""
        let key = request.fields.value(of: "x-api-key") ?? ""
        let isBasic = isSameSecret(authorization, "Basic \(pair)")
        let isBearer = isSameSecret(authorization, "Bearer \(accepted.token)")
        return isSameSecret(key, accepted.token) || isBasic || isBearer
    }

    private func list(_ request: HTTPRequest, _ route: String) async -> DialectAnswer {
        let parameters = QueryText.parameters(request.query ?? "")
        let osType = parameters.first("os_type") ?? ""
        let osName = parameters.first("os_name") ?? ""
        guard ["", "linux", "windows"].contains(osType) else {
            return refusal(400, "InvalidParameter", "参数无效", route)
        }
        let isFiltered = !osType.isEmpty || !osName.isEmpty
        var writer = JSONWriter()
        var rowCount = 0
        let edition = world.edition(.aries)
        let serials = world.listings.all(edition)
        writer.beginArray()
        for index in serials.indices {
            if index & 4095 == 4095 { await Task.yield() }
            let position =
                world.configuration.isAriesNewestFirst ? index : serials.count - 1 - index
            let image = AriesImage(serial: Int(serials[position]), in: edition)
            if isFiltered, !isWanted(image, osType, osName) { continue }
            image.write(to: &writer)
            rowCount += 1
        }
        writer.endArray()
        // A Go slice that nothing was appended to is encoded as null.
        let bytes = isFiltered && rowCount == 0 ? Array("null".utf8) : writer.bytes
        return DialectAnswer(json(bytes), route: route, rowCount: rowCount)
    }

    private func isWanted(_ image: AriesImage, _ osType: String, _ osName: String) -> Bool {
        (osType.isEmpty || image.osType == osType)
            && (osName.isEmpty || image.osName.containsWithoutCase(osName))
    }

    private func detail(_ id: String, _ route: String) -> DialectAnswer {
        let edition = world.edition(.aries)
        guard let serial = AriesImage.liveSerial(of: id, in: edition) else {
            return refusal(404, "ImageNotFound", "镜像不存在", route)
        }
        var writer = JSONWriter()
        AriesImage(serial: serial, in: edition).write(to: &writer)
        return DialectAnswer(json(writer.bytes), route: route)
    }

    private func refusal(
        _ status: Int,
        _ code: String,
        _ message: String,
        _ route: String
    ) -> DialectAnswer {
        let response = HTTPResponse.json(
            status: status,
            contentType: "application/json; charset=utf-8"
        ) { writer in
            writer.member("code", code)
            writer.member("message", message)
        }
        return DialectAnswer(response, route: route)
    }

    private func json(_ bytes: [UInt8]) -> HTTPResponse {
        .json(bytes, contentType: "application/json; charset=utf-8")
    }
}
