import HTTPWire
import JSONText

/// Huawei's image service with both its lists, and the identity service beside it.
struct HuaweiDialect: Dialect {
    static let provider = SimulatedProvider.huaweiIMS
    static let images = "/v2/images"
    static let cloudImages = "/v2/cloudimages"

    let world: SimulatorWorld

    static func serves(_ path: Substring) -> Bool {
        path == images || path.hasPrefix(images + "/") || path == cloudImages
            || ["/v3/auth/tokens", "/v3/projects", "/v3/auth/projects", "/v3/auth/domains"]
                .contains(path)
    }

    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        let route = route(request)
        do {
            return try await answer(request, route, now: now)
        } catch {
            let requestID = world.requestID().filter { $0 != "-" }
            return DialectAnswer(error.response(requestID: requestID), route: route)
        }
    }

    private func route(_ request: HTTPRequest) -> String {
        let isDetail = request.path.hasPrefix(Self.images + "/")
        let isKnown = request.method == "GET" || request.method == "POST"
        guard isKnown else { return "other" }
        return "\(request.method) \(isDetail ? Self.images + "/{id}" : String(request.path))"
    }

    private func answer(
        _ request: HTTPRequest,
        _ route: String,
        now: Int64
    ) async throws(HuaweiError) -> DialectAnswer {
        let identity = HuaweiIdentity(world: world, now: now)
        switch (request.method, request.path) {
        case ("POST", "/v3/auth/tokens"):
            return DialectAnswer(try identity.issueToken(request), route: route)
        case ("GET", "/v3/projects"), ("GET", "/v3/auth/projects"):
            try check(request, identity, forImages: false)
            return DialectAnswer(identity.projects(request), route: route)
        case ("GET", "/v3/auth/domains"):
            try check(request, identity, forImages: false)
            return DialectAnswer(identity.domains, route: route)
        case ("GET", "/v2/images"), ("GET", "/v2/cloudimages"):
            try check(request, identity, forImages: true)
            return try await list(request, route)
        case ("GET", _) where request.path.hasPrefix(Self.images + "/"):
            try check(request, identity, forImages: true)
            return try detail(request.path.dropFirst(Self.images.utf8.count + 1), route)
        default:
            throw .gateway(404, "0101", "The API does not exist or has not been published.")
        }
    }

    // MARK: Who asks

    private func check(
        _ request: HTTPRequest,
        _ identity: HuaweiIdentity,
        forImages: Bool
    ) throws(HuaweiError) {
        if request.fields.value(of: "authorization") != nil {
            try HuaweiSignature.check(request, world.credentials, now: identity.now)
        } else if let token = request.fields.value(of: "x-auth-token") {
            try check(token, identity, forImages: forImages)
        } else {
            throw .authentication("neither a signature nor a token was sent")
        }
        guard let project = request.fields.value(of: "x-project-id"), forImages else { return }
        guard isSameSecret(project, world.credentials.projectID) else {
            throw .gateway(403, "0310", "The project does not exist or is not available.")
        }
    }

    private func check(
        _ token: String,
        _ identity: HuaweiIdentity,
        forImages: Bool
    ) throws(HuaweiError) {
        if isSameSecret(token, world.credentials.token) { return }
        guard let hasProject = identity.tokens.hasProject(token, now: identity.now) else {
            throw .tokenMustBeUpdated
        }
        guard hasProject || !forImages else {
            throw .gateway(403, "0302", "The token is not scoped to a project.")
        }
    }

    // MARK: What is listed

    private func list(
        _ request: HTTPRequest,
        _ route: String
    ) async throws(HuaweiError) -> DialectAnswer {
        let isNative = request.path == Self.cloudImages
        let parameters = QueryText.parameters(request.query ?? "")
        let query = try HuaweiQuery(parameters, limitDefault: isNative ? 500 : 25)
        let edition = world.edition(.huaweiIMS)
        let serials = await serials(query, edition)
        let first = try start(query, serials, edition)
        let page = serials[first..<min(first + query.limit, serials.count)]
        let response = HTTPResponse.json { writer in
            writer.key("images")
            writer.beginArray()
            for serial in page {
                HuaweiImage(serial: Int(serial), in: edition).write(to: &writer, isNative: isNative)
            }
            writer.endArray()
            if !isNative { writeLinks(query, page, edition, to: &writer) }
        }
        return DialectAnswer(response, route: route, rowCount: page.count)
    }

    private func serials(_ query: HuaweiQuery, _ edition: Edition) async -> [UInt32] {
        let question = query.question
        if question.isEmpty { return world.listings.all(edition) }
        var order: (@Sendable ([HuaweiImage]) -> [Int])?
        if !query.isNewestFirst { order = { query.order($0) } }
        return await world.listings.matching(edition, question: question, order: order) {
            query.matches($0)
        }
    }

    /// Behind the marker, which must name an image that exists, though not one that matches.
    private func start(
        _ query: HuaweiQuery,
        _ serials: [UInt32],
        _ edition: Edition
    ) throws(HuaweiError) -> Int {
        guard let marker = query.marker else { return 0 }
        let refusal = HuaweiError.image(400, "0001", "The marker \(marker) names no image.")
        guard let serial = HuaweiImage.liveSerial(of: marker, in: edition) else { throw refusal }
        if query.isNewestFirst { return Self.countNotOlder(serials, than: serial) }
        guard let index = serials.firstIndex(of: UInt32(serial)) else { throw refusal }
        return index + 1
    }

    /// In a list that falls: how many are not below the serial.
    private static func countNotOlder(_ serials: [UInt32], than serial: Int) -> Int {
        var (low, high) = (0, serials.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(serials[middle]) >= serial { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// `next` stands on every page that is exactly full, though nothing may follow.
    private func writeLinks(
        _ query: HuaweiQuery,
        _ page: ArraySlice<UInt32>,
        _ edition: Edition,
        to writer: inout JSONWriter
    ) {
        writer.member("schema", "/v2/schemas/images")
        writer.member("first", query.link(path: Self.images, marker: nil))
        if page.count == query.limit, let last = page.last {
            let marker = HuaweiImage.nativeID(of: Int(last), in: edition)
            writer.member("next", query.link(path: Self.images, marker: marker))
        }
    }

    private func detail(_ id: Substring, _ route: String) throws(HuaweiError) -> DialectAnswer {
        guard Identifiers.uuidHead(String(id)) != nil else {
            throw .image(400, "0066", "The image id is invalid.")
        }
        let edition = world.edition(.huaweiIMS)
        guard let serial = HuaweiImage.liveSerial(of: String(id), in: edition) else {
            throw .image(404, "0086", "No image with the id \(id) was found.")
        }
        var writer = JSONWriter()
        HuaweiImage(serial: serial, in: edition).write(to: &writer, isNative: false)
        return DialectAnswer(.json(writer.bytes), route: route)
    }
}
