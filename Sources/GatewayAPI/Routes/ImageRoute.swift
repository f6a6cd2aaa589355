internal import Caching
internal import Catalogs
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import Upstreams

/// `GET /v1/images/{id}`.
struct ImageRoute {
    private let exchange: Exchange
    private let id: String
    private let request: ListRequest

    init(_ exchange: Exchange, id: String) throws(Problem) {
        self.exchange = exchange
        self.id = id
        var request = try Self.decode(exchange)
        request.limit = 2
        request.query.ids = [id]
        request.scope = exchange.scope
        request.demand = RequestDirectives.demand(exchange.request.fields)
        self.request = request
    }

    /// The one parameter that the route has. Fails with all that is wrong with it and with others.
    private static func decode(_ exchange: Exchange) throws(Problem) -> ListRequest {
        let known = ListParameter.fields.rawValue
        let foreign = try exchange.foreignParameters(known: known)
        let request: ListRequest
        do throws(Problem) {
            let bounds = exchange.service.bounds
            request = try ListQueryDecoder.decode(exchange.parameters, bounds: bounds).request
        } catch {
            if foreign.isEmpty { throw error }
            let told = Set(foreign.map(\.name))
            let own = error.parameters.filter { $0.name == known && !told.contains(known) }
            throw .invalidParameters(foreign + own)
        }
        if !foreign.isEmpty { throw .invalidParameters(foreign) }
        return request
    }

    func reply() async throws(Problem) -> Reply {
        let answer = try await answer()
        guard answer.page.total > 0 else { throw missing(answer) }
        guard answer.page.total == 1 else {
            throw .notFound(
                "\(answer.page.total) images carry the id '\(Problem.shortened(id))' at their providers; "
                    + "ask with the global id (provider:region:native_id)"
            )
        }
        return try found(answer)
    }

    /// From what is at hand, else within the same bounds as a list.
    private func answer() async throws(Problem) -> ListAnswer {
        let federation = exchange.service.federation
        let timekeeper = exchange.timekeeper
        do throws(CursorSealer.Failure) {
            let known = try federation.listAtOnce(request, timekeeper: timekeeper)
            if !request.demand.mustRevalidate, let known { return known }
        } catch {
            throw .notFound("no image has this id")
        }
        try exchange.checkRevalidation(request.demand)
        return try await exchange.listCold(request) { _ in .notFound("no image has this id") }
    }

    private func found(_ answer: ListAnswer) throws(Problem) -> Reply {
        let body = answer.page.rows
        var hash = StableHash()
        hash.combine(body.span)
        let tag = EntityTag(hash)
        let isKnown = try Validators.isKnown(to: exchange.request.fields, tag.text)
        var response = HTTPResponse(status: isKnown ? 304 : 200)
        if !isKnown { response.lines.append("content-type", literal: "application/json") }
        let now = exchange.timekeeper.now
        Validators.append(tag, answer, exchange, request, now: now, to: &response.lines)
        if !isKnown { response.body = body }
        return Reply(response: response, temperature: Temperature(answer))
    }

    /// 404 only where everybody who could know the image has said no. Elements of a list that cannot be read mostly
    /// have no id: they are named, and are no reason to ask again.
    private func missing(_ answer: ListAnswer) -> Problem {
        let asked = answer.upstreams.filter { $0.state != .skipped || !$0.isComplete }
        let unreadable = asked.filter { $0.error?.code == .rowsUnreadable }.map(\.id)
        if asked.contains(where: { !$0.isComplete && $0.error?.code != .rowsUnreadable }) {
            return .upstreams(
                answer,
                required: true,
                onlyIfCached: request.demand.onlyIfCached,
                sentence: "nobody who answered has this image, and these could not say: "
            )
        }
        let names = asked.map(\.id).joined(separator: ", ")
        return .notFound(
            "no image has the id '\(Problem.shortened(id))'; "
                + (asked.isEmpty ? "no configured upstream could know it" : "asked: \(names)")
                + (unreadable.isEmpty
                    ? "" : "; not all could be read of: " + unreadable.joined(separator: ", "))
        )
    }
}
