public import HTTPWire
internal import Observability
internal import Upstreams

extension GatewayResponder {
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        takeReplacement()
        let begin = timekeeper.now
        let id = nextRequestID()
        var exchange = Exchange(
            request: request,
            requestID: id.description,
            service: service,
            timekeeper: timekeeper
        )
        let reply: Reply
        do throws(Problem) {
            if let preflight = CrossOrigin.preflight(exchange) {
                reply = preflight
            } else {
                if !WebRoute.isOpen(request.path) { try authenticate(&exchange, now: begin) }
                reply = try await Router.reply(exchange)
            }
        } catch {
            reply = Reply(response: error.response(requestID: exchange.requestID))
        }
        let takesGzip = GzipEncoder.isAccepted(
            request.fields.combinedValue(of: "accept-encoding")
        )
        let response = finished(reply.response.joined(), exchange, takesGzip: takesGzip)
        let record = RequestRecord(
            requestID: id,
            date: timekeeper.date,
            method: request.method,
            status: response.status,
            byteCount: response.body.count,
            duration: begin.duration(to: timekeeper.now),
            temperature: reply.temperature,
            client: exchange.client?.id,
            peer: request.peer.address,
            isTargetPlain: nil
        )
        observer.answered(record, target: request.target.utf8.span)
        return response
    }

    public func refuse(_ refusal: RequestRefusal) -> HTTPResponse {
        let id = nextRequestID().description
        var response = Problem(
            slug: refusal.status == 400 ? "malformed-request" : "request-refused",
            title: "Request refused",
            status: refusal.status,
            detail: refusal.shortDescription
        ).response(requestID: id)
        response.fields.append(HTTPField("x-request-id", id))
        return response
    }

    private func authenticate(
        _ exchange: inout Exchange,
        now: ContinuousClock.Instant
    ) throws(Problem) {
        if service.clients.isOpen { return }
        let fields = exchange.request.fields
        let key =
            fields.value(of: "authorization").flatMap { ClientKey.bearer($0.utf8) }
            ?? fields.value(of: "x-api-key").map { Array($0.utf8) }
        guard let key, let client = service.clients.client(key: key) else { throw .unauthorized }
        if let wait = client.wait(now: now) {
            throw .rateLimited(retryAfterSeconds: Int(wait.roundedUpSeconds))
        }
        exchange.client = client
    }

    /// Adds what every answer carries and compresses where that is asked for.
    func finished(
        _ response: HTTPResponse,
        _ exchange: Exchange,
        takesGzip: Bool
    ) -> HTTPResponse {
        var response = response
        response.fields.append(HTTPField("x-request-id", exchange.requestID))
        response.fields.append(HTTPField("x-content-type-options", "nosniff"))
        CrossOrigin.add(to: &response.fields, exchange)
        if takesGzip, response.contentByteCount >= GzipEncoder.bodyBytesMin,
            response.fields.value(of: "content-encoding") == nil,
            let compressed = GzipEncoder.encode(response.joined().body)
        {
            response.lead = []
            response.body = compressed
            response.fields.append(HTTPField("content-encoding", "gzip"))
        }
        return response
    }
}
