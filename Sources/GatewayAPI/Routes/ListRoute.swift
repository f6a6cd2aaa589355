internal import Caching
internal import Catalogs
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import Upstreams

/// `GET /v1/images`.
struct ListRoute {
    private let exchange: Exchange
    private let request: ListRequest
    private let requiresAll: Bool

    init(_ exchange: Exchange) throws(Problem) {
        self.exchange = exchange
        var bounds = exchange.service.bounds
        bounds.scope = exchange.scope
        let decoded = try ListQueryDecoder.decode(exchange.parameters, bounds: bounds)
        var request = decoded.request
        request.scope = exchange.scope
        request.client = exchange.client?.id
        request.demand = RequestDirectives.demand(exchange.request.fields)
        let hidden = request.query.upstreams.filter { !exchange.scope.allows($0) }
        if !hidden.isEmpty { throw .forbiddenUpstream(hidden) }
        self.request = request
        self.requiresAll = decoded.requiresAll
    }

    /// Waits for whoever must be asked.
    func reply() async throws(Problem) -> Reply {
        let begin = exchange.timekeeper.now
        if !request.demand.mustRevalidate, let reply = try replyAtOnce() { return reply }
        try exchange.checkRevalidation(request.demand)
        let answer = try await exchange.listCold(request) {
            .cursor($0, value: request.cursor ?? "")
        }
        return try reply(answer, .cold, since: begin)
    }

    /// The answer from what is at hand; `nil` where somebody must be asked.
    func replyAtOnce() throws(Problem) -> Reply? {
        let begin = exchange.timekeeper.now
        let answer: ListAnswer?
        do throws(CursorSealer.Failure) {
            answer = try exchange.service.federation.listAtOnce(
                request,
                timekeeper: exchange.timekeeper
            )
        } catch {
            throw .cursor(error, value: request.cursor ?? "")
        }
        guard let answer else { return nil }
        return try reply(answer, .warm, since: begin)
    }

    private func reply(
        _ answer: ListAnswer,
        _ temperature: Temperature,
        since begin: ContinuousClock.Instant
    ) throws(Problem) -> Reply {
        if !answer.isAnswered { throw .upstreams(answer, required: false) }
        if requiresAll, !answer.isComplete { throw .upstreams(answer, required: true) }
        let now = exchange.timekeeper.now
        var fields = Validators.fields(answer, temperature, exchange, request, now: now)
        if let cursor = answer.nextCursor {
            fields.append(HTTPField("link", "<\(target(cursor))>; rel=\"next\""))
        }
        let spent = begin.duration(to: now)
        fields.append(HTTPField("server-timing", "gateway;dur=\(spent.millisecondsText)"))
        let tag = fields.value(of: "etag") ?? ""
        if Validators.matches(exchange.request.fields.combinedValue(of: "if-none-match"), tag) {
            return Reply(
                response: HTTPResponse(status: 304, fields: fields),
                temperature: temperature
            )
        }
        fields.insert(HTTPField("content-type", "application/json"), at: 0)
        let (lead, body, places) = AnswerEncoder.encode(answer)
        var response = HTTPResponse(status: 200, fields: fields, body: body)
        response.lead = lead
        let reuse = answer.validUntil.map { until in
            Reply.Reuse(
                generation: answer.generation,
                until: until,
                ages: HotAnswer.Ages(
                    made: now,
                    upstreams: places,
                    remaining: now.duration(to: until)
                )
            )
        }
        return Reply(response: response, temperature: temperature, reuse: reuse)
    }

    /// Whether a part of a query is the cursor, however its name is spelled.
    private func isCursor(_ part: Substring) -> Bool {
        let name = part.prefix { $0 != "=" }
        if name.utf8.contains(UInt8(ascii: "%")) { return QueryString.decode(name) == "cursor" }
        return name == "cursor"
    }

    /// This request's own target with the cursor of the next page.
    private func target(_ cursor: String) -> String {
        let target = exchange.request.target
        var kept = ""
        kept.reserveCapacity(target.utf8.count + cursor.utf8.count + 10)
        kept += exchange.request.path
        kept += "?"
        for part in (exchange.request.query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            let part = Substring(part)
            if isCursor(part) { continue }
            kept += part
            kept += "&"
        }
        kept += "cursor="
        kept += cursor
        return kept
    }
}

extension Duration {
    /// Milliseconds with one decimal.
    var millisecondsText: String {
        let tenths = components.seconds * 10_000 + components.attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
