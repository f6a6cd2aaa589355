internal import Caching
internal import Catalogs
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// `GET /v1/images`.
struct ListRoute: ~Copyable {
    private let exchange: Exchange
    private let request: ListRequest
    private let requiresAll: Bool

    init(_ exchange: Exchange) throws(Problem) {
        self.exchange = exchange
        var bounds = exchange.service.bounds
        bounds.scope = exchange.scope
        var (request, requiresAll) = try ListQueryDecoder.decode(
            exchange.parameters,
            bounds: bounds,
            cursorFailure: { Self.cursorFailure(of: $0, exchange) }
        )
        request.scope = exchange.scope
        request.client = exchange.client?.id
        request.demand = RequestDirectives.demand(exchange.request.fields)
        let hidden = request.query.upstreams.filter { !exchange.scope.allows($0) }
        if !hidden.isEmpty {
            throw .forbiddenUpstream(
                hidden,
                visible: bounds.upstreams.filter(exchange.scope.allows)
            )
        }
        self.request = request
        self.requiresAll = requiresAll
    }

    private static func cursorFailure(
        of request: ListRequest,
        _ exchange: Exchange
    ) -> CursorSealer.Failure? {
        var request = request
        request.scope = exchange.scope
        request.client = exchange.client?.id
        return exchange.service.federation.cursorFailure(
            of: request,
            timekeeper: exchange.timekeeper
        )
    }

    /// Waits for whoever must be asked.
    func reply() async throws(Problem) -> Reply {
        let begin = exchange.timekeeper.now
        if !request.demand.mustRevalidate, let reply = try replyAtOnce() { return reply }
        try exchange.checkRevalidation(request.demand)
        let answer = try await exchange.listCold(request) {
            .cursor($0, value: request.cursor ?? "")
        }
        return try reply(answer, since: begin)
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
        return try reply(answer, since: begin)
    }

    private func upstreams(_ answer: ListAnswer, required: Bool) -> Problem {
        let onlyIfCached = request.demand.onlyIfCached
        return .upstreams(answer, required: required, onlyIfCached: onlyIfCached)
    }

    private func reply(
        _ answer: ListAnswer,
        since begin: MonotonicClock.Instant
    ) throws(Problem) -> Reply {
        if !answer.isAnswered { throw upstreams(answer, required: false) }
        if requiresAll, !answer.isComplete { throw upstreams(answer, required: true) }
        let now = exchange.timekeeper.now
        let tag = Validators.tag(answer, exchange)
        let isKnown = try Validators.isKnown(to: exchange.request.fields, tag.text)
        var response = HTTPResponse(status: isKnown ? 304 : 200)
        if !isKnown { response.lines.append("content-type", literal: "application/json") }
        Validators.append(tag, answer, exchange, request, now: now, to: &response.lines)
        if let cursor = answer.nextCursor {
            response.lines.append("link") { writeNextPage(cursor, to: &$0) }
        }
        response.lines.append("server-timing") { $0.timing(begin.duration(to: now)) }
        let temperature = Temperature(answer)
        if isKnown { return Reply(response: response, temperature: temperature) }
        let places: [(offset: Int, age: Duration)]
        (response.lead, response.body, places) = AnswerEncoder.encode(answer)
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

    /// A link to this request's own target with the cursor of the next page.
    private func writeNextPage(_ cursor: String, to value: inout HTTPFieldValue) {
        let target = exchange.request.target.utf8.span
        var end = target.firstIndex(of: UInt8(ascii: "?"), from: 0)
        value.literal("<")
        value.text(target.extracting(first: end))
        value.literal("?")
        while end < target.count {
            let start = end + 1
            end = target.firstIndex(of: UInt8(ascii: "&"), from: start)
            let part = target.extracting(start..<end)
            if part.isEmpty || ListRoute.isCursor(part) { continue }
            value.text(part)
            value.literal("&")
        }
        value.literal("cursor=")
        value.text(cursor)
        value.literal(">; rel=\"next\"")
    }

    /// Whether a part of the query is the cursor, however its name is spelled.
    private static func isCursor(_ part: Span<UInt8>) -> Bool {
        let end = part.firstIndex(of: UInt8(ascii: "="), from: 0)
        let name = part.extracting(first: end)
        if name.firstIndex(of: UInt8(ascii: "%"), from: 0) < name.count {
            let text = name.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            return QueryString.decode(Substring(text)) == "cursor"
        }
        let cursor = "cursor".utf8.span
        guard name.count == cursor.count else { return false }
        for index in name.indices where name[index] != cursor[index] { return false }
        return true
    }
}

extension Span<UInt8> {
    /// Where the byte stands, from `start` on; the end where it does not.
    fileprivate func firstIndex(of byte: UInt8, from start: Int) -> Int {
        var index = start
        while index < count, self[index] != byte { index += 1 }
        return index
    }
}

extension HTTPFieldValue {
    /// Milliseconds with one decimal.
    fileprivate mutating func timing(_ spent: Duration) {
        let (seconds, attoseconds) = spent.components
        let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
        literal("gateway;dur=")
        number(tenths / 10)
        literal(".")
        number(tenths % 10)
    }
}
