public import HTTPWire
internal import MonotonicTime
internal import Observability
internal import Upstreams
internal import WebTokens

extension GatewayResponder {
    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        takeReplacement()
        let begin = timekeeper.now
        let id = nextRequestID()
        let exchange = Exchange(
            request: request,
            requestID: id,
            service: service,
            timekeeper: timekeeper
        )
        let trace = beginTrace(request)
        var reply: Reply
        do throws(Problem) {
            try ClientKey.checkIsOne(request)
            if let preflight = CrossOrigin.preflight(exchange) {
                reply = preflight
            } else {
                if !WebRoute.isOpen(request.path) {
                    exchange.client = try await client(of: request, now: begin)
                }
                reply = try await routed(exchange, trace)
            }
        } catch {
            reply = Reply(error, id)
        }
        if Task.isCancelled { reply = hasDrainEnded ? Reply(.draining, id) : .nobody }
        let takesGzip = GzipEncoder.isAccepted(
            request.fields.combinedValue(of: "accept-encoding")
        )
        var response = reply.response
        if reply.hasReader { finish(&response, exchange, takesGzip: takesGzip) }
        let record = RequestRecord(
            requestID: id,
            date: timekeeper.date,
            method: RequestMethod(request.method),
            status: response.status,
            byteCount: response.contentByteCount,
            duration: begin.duration(to: timekeeper.now),
            temperature: reply.temperature,
            route: Route(path: request.path, status: response.status),
            problem: reply.problem,
            traceID: trace?.context.traceID,
            isTargetPlain: nil
        )
        let (client, peer) = (exchange.client?.id, request.peer)
        let target = request.target
        observer.answered(record, client: client, peer: peer.address, target: target.utf8.span)
        if let trace {
            end(trace, record, client, peer.address, target: target, isTLS: peer.isTLS)
        }
        return response
    }

    private func routed(_ exchange: Exchange, _ trace: ActiveTrace?) async throws(Problem) -> Reply
    {
        let outcome = await RequestID.$current.withValue(exchange.requestID) {
            guard let trace else { return await attempt(exchange) }
            return await ActiveTrace.$current.withValue(trace) { await attempt(exchange) }
        }
        return try outcome.get()
    }

    /// A task's own values carry no typed errors.
    private func attempt(_ exchange: Exchange) async -> Result<Reply, Problem> {
        do throws(Problem) {
            return .success(try await Router.reply(exchange))
        } catch {
            return .failure(error)
        }
    }

    public func refuse(_ refusal: RequestRefusal, of peer: HTTPPeer) -> HTTPResponse {
        let id = nextRequestID()
        var response = Problem(
            slug: refusal.status == 400 ? "malformed-request" : "request-refused",
            title: "Request refused",
            status: refusal.status,
            detail: refusal.shortDescription,
            fields: refusal.retryAfterSeconds.map { [HTTPField("retry-after", String($0))] } ?? []
        ).response(requestID: id.description)
        response.fields.append(HTTPField("x-request-id", id.description))
        observer.refused(
            RefusalRecord(
                requestID: id,
                date: timekeeper.date,
                reason: refusal.reason.rawValue,
                status: refusal.status,
                byteCount: response.contentByteCount,
                peer: peer.address
            )
        )
        return response
    }

    /// Who asks; `nil` where everybody may. Fails with 401 for a stranger, 429 beyond the rate limit.
    private func client(
        of request: HTTPRequest,
        now: MonotonicClock.Instant
    ) async throws(Problem) -> ClientDirectory.Client? {
        if service.clients.isOpen { return nil }
        let client: ClientDirectory.Client
        switch await recognition(of: request, now: now) {
        case .known(let recognized): client = recognized.client
        case .refused(let failure): throw .invalidToken(failure)
        case .uncheckable(let rest):
            throw .keysUnavailable(retryAfterSeconds: max(1, Int(rest.roundedUpSeconds)))
        case .unknownKey(_, _, let failure): throw .invalidToken(failure)
        case .foreignCertificate: throw .unknownCertificate(request.peer.certificate?.subject)
        case .nobody: throw .unauthorized(service.clients.ways, hasShown: hasShown(request))
        }
        if let wait = client.wait(now: now) {
            throw .rateLimited(retryAfterSeconds: Int(wait.roundedUpSeconds))
        }
        return client
    }

    private func hasShown(_ request: HTTPRequest) -> Bool { ClientKey.shown(by: request) != nil }

    /// What is shown in the head counts before the certificate of the connection.
    private func recognition(
        of request: HTTPRequest,
        now: MonotonicClock.Instant
    ) async -> Recognition {
        let clients = service.clients
        guard let shown = ClientKey.shown(by: request) else {
            guard let certificate = request.peer.certificate else { return .nobody }
            return clients.recognize(certificate, now: now, date: timekeeper.date)
        }
        if let known = callers.caller(key: shown.indices, of: shown, now: now) {
            return .known(known.recognized)
        }
        var recognition = clients.recognize(shown, now: now, date: timekeeper.date)
        if case .unknownKey(let sets, let keyID, _) = recognition {
            let rest = await refresh(sets, for: keyID, until: now + service.bounds.deadline)
            recognition = clients.recognize(shown, now: timekeeper.now, date: timekeeper.date)
            if let rest, case .unknownKey = recognition { return .uncheckable(retryAfter: rest) }
        }
        // A reload in the meantime has made other clients.
        if case .known(let recognized) = recognition, clients === service.clients {
            _ = callers.insert(recognized, key: shown)
        }
        return recognition
    }

    /// Has all of them read at once, each once; `nil` where all were, else how long until the last one may be.
    private func refresh(
        _ sets: [KeySetStore],
        for keyID: String,
        until deadline: MonotonicClock.Instant
    ) async -> Duration? {
        var distinct: [KeySetStore] = []
        for keys in sets where !distinct.contains(where: { $0 === keys }) { distinct.append(keys) }
        return await withTaskGroup(of: Duration?.self) { group in
            for keys in distinct {
                group.addTask { await keys.refresh(for: keyID, until: deadline) }
            }
            return await group.reduce(nil) { longest, rest in
                rest.map { max($0, longest ?? .zero) } ?? longest
            }
        }
    }

    /// Adds what every answer carries and compresses where that is asked for.
    func finish(_ response: inout HTTPResponse, _ exchange: Exchange, takesGzip: Bool) {
        response.lines.append("x-request-id") { value in
            value.ascii { exchange.requestID.append(to: &$0) }
        }
        response.lines.append("x-content-type-options", literal: "nosniff")
        CrossOrigin.add(to: &response, exchange)
        if takesGzip, response.contentByteCount >= GzipEncoder.bodyBytesMin,
            response.fields.value(of: "content-encoding") == nil,
            let compressed = GzipEncoder.encode(response.joined().body)
        {
            response.lead = []
            response.body = compressed
            response.fields.append(HTTPField("content-encoding", "gzip"))
        }
    }
}
