import HTTPWire
import JSONText

/// Tencent CVM: API 3.0 at the root and the API of 2017 at its own path. Errors come with status 200.
struct TencentDialect: Dialect {
    static let provider = SimulatedProvider.tencentCVM
    static let legacyPath = "/v2/index.php"
    private static let version = "2017-03-12"
    /// Exactly this: the official SDK overlooks an error whose type has a parameter.
    private static let contentType = "application/json"

    let world: SimulatorWorld

    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        if request.path == Self.legacyPath { return await answerOf2017(request, now: now) }
        let route = "\(request.method == "GET" ? "GET" : "POST") /"
        do {
            let query = try query(request, now: now)
            return await list(query, is2017: false, route: route)
        } catch {
            return failure(error, is2017: false, route: route)
        }
    }

    // MARK: API 3.0

    private func query(_ request: HTTPRequest, now: Int64) throws(TencentError) -> TencentQuery {
        guard request.method == "GET" || request.method == "POST" else {
            throw TencentError("UnsupportedProtocol", "Only GET and POST are supported.")
        }
        let caller = TencentCaller(credentials: world.credentials, now: now / 1_000_000)
        if request.fields.value(of: "authorization") == nil, let form = form(request) {
            return try signedForm(form, request, caller)
        }
        try caller.checkVersion3(request)
        try checkAction(
            request.fields.value(of: "x-tc-action"),
            version: request.fields.value(of: "x-tc-version"),
            region: request.fields.value(of: "x-tc-region"),
            is2017: false
        )
        let query =
            request.method == "GET"
            ? try TencentQuery(QueryText.parameters(request.query ?? ""))
            : try TencentQuery(json(request.body))
        try query.check(is2017: false)
        return query
    }

    private func signedForm(
        _ form: [Parameter],
        _ request: HTTPRequest,
        _ caller: TencentCaller
    ) throws(TencentError) -> TencentQuery {
        guard let timestamp = form.first("Timestamp").flatMap(Int64.init) else {
            throw .missing("Timestamp")
        }
        guard timestamp >= caller.now - TencentCaller.window,
            timestamp <= caller.now + TencentCaller.window
        else { throw .expired }
        try caller.checkVersion1(request, parameters: form)
        return try checkedQuery(form, is2017: false)
    }

    private func json(_ body: [UInt8]) throws(TencentError) -> JSONValue {
        if body.isEmpty { return .object([]) }
        do {
            return try JSONValue(parsing: body, limits: JSONLimits(depthMax: 16))
        } catch {
            throw TencentError("InvalidParameter", "The request content is not JSON.")
        }
    }

    // MARK: Both

    /// The parameters of a request that carries its signature among them; `nil` without a signature.
    func form(_ request: HTTPRequest) -> [Parameter]? {
        let text =
            request.method == "GET"
            ? String(request.query ?? "") : String(decoding: request.body, as: UTF8.self)
        let parameters = QueryText.parameters(text)
        return parameters.first("Signature") == nil ? nil : parameters
    }

    func checkedQuery(_ form: [Parameter], is2017: Bool) throws(TencentError) -> TencentQuery {
        try checkAction(
            form.first("Action"),
            version: form.first("Version"),
            region: form.first("Region"),
            is2017: is2017
        )
        let query = try TencentQuery(form)
        try query.check(is2017: is2017)
        return query
    }

    private func checkAction(
        _ action: String?,
        version: String?,
        region: String?,
        is2017: Bool
    ) throws(TencentError) {
        guard let action else { throw .missing("Action") }
        guard let version else { throw .missing("Version") }
        guard version == Self.version else {
            throw TencentError("NoSuchVersion", "The version `\(version)` does not exist.")
        }
        guard action == "DescribeImages" else {
            throw TencentError("InvalidAction", "The action `\(action)` does not exist.")
        }
        try TencentRegions.check(region, is2017: is2017)
    }

    func list(_ query: TencentQuery, is2017: Bool, route: String) async -> DialectAnswer {
        let edition = world.edition(.tencentCVM)
        let question = query.question
        let serials =
            question.isEmpty
            ? world.listings.all(edition)
            : await world.listings.matching(edition, question: question) { query.matches($0) }
        let first = min(query.offset, serials.count)
        let page = serials[first..<min(first + query.limit, serials.count)]
        let response = envelope(is2017: is2017) { writer in
            writer.member("TotalCount", serials.count)
            writer.key("ImageSet")
            writer.beginArray()
            for serial in page {
                let image = TencentImage(serial: Int(serial), in: edition)
                is2017 ? image.writeOf2017(to: &writer) : image.write(to: &writer)
            }
            writer.endArray()
        }
        return DialectAnswer(response, route: route, rowCount: page.count)
    }

    func failure(_ error: TencentError, is2017: Bool, route: String) -> DialectAnswer {
        let response = envelope(is2017: is2017) { writer in
            writer.key("Error")
            writer.object { writer in
                writer.member("Code", error.code)
                writer.member("Message", error.message)
            }
        }
        return DialectAnswer(response, route: route, isError: true)
    }

    private func envelope(
        is2017: Bool,
        _ body: (inout JSONWriter) -> Void
    ) -> HTTPResponse {
        .json(contentType: Self.contentType) { writer in
            writer.key("Response")
            writer.object { writer in
                body(&writer)
                writer.member(is2017 ? "RequestID" : "RequestId", world.requestID())
            }
        }
    }
}
