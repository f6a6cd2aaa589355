internal import Caching
internal import Cryptography
internal import Federation
public import HTTPWire
internal import ImageModel
public import Observability
internal import Synchronization
public import Upstreams

/// Answers the public port on one loop.
///
/// Ownership: one instance per loop; the server calls it on that loop's thread alone, so the response cache,
/// the scratch buffer and the counter of request ids need no lock. Only `replace` comes from elsewhere: it leaves the new service in a
/// mailbox that the loop looks into when the number of replacements has moved.
public final class GatewayResponder: Responder, @unchecked Sendable {
    // Invariant: touched on the loop's own thread only, as the server guarantees.
    private var service: GatewayService
    private var cache: ResponseCache<HotAnswer>
    private var scratch: [UInt8] = []
    private var seenReplacements: UInt64 = 0
    private var requestIDs: RequestIDGenerator

    private let mailbox = Mutex<GatewayService?>(nil)
    private let replacements = Atomic<UInt64>(0)
    private let timekeeper: any Timekeeper
    private let observer: any RequestObserver

    public init(
        service: GatewayService,
        timekeeper: any Timekeeper,
        requestIDs: RequestIDGenerator,
        observer: any RequestObserver
    ) {
        self.service = service
        self.timekeeper = timekeeper
        self.requestIDs = requestIDs
        self.observer = observer
        cache = ResponseCache(bytesMax: service.responseBytesMax)
    }

    /// Answers from the next request on come from `service`. From any thread.
    public func replace(_ service: GatewayService) {
        mailbox.withLock { $0 = service }
        replacements.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    private func takeReplacement() {
        let count = replacements.load(ordering: .acquiring)
        guard count != seenReplacements else { return }
        seenReplacements = count
        guard let service = mailbox.withLock({ $0 }) else { return }
        self.service = service
        cache = ResponseCache(bytesMax: service.responseBytesMax)
    }

    // MARK: At once

    public func answerAtOnce(_ head: borrowing RequestHead) -> [UInt8]? {
        guard head.methodIs("GET"),
            head.targetText.hasPrefix("/v1/images?") || head.targetText == "/v1/images",
            !isSpecial(head)
        else { return nil }
        takeReplacement()
        let begin = timekeeper.now
        guard let client = client(of: head) else { return nil }
        let acceptsGzip = GzipEncoder.isAccepted(head.valueText(of: "accept-encoding"))
        fillScratch(head, client, acceptsGzip: acceptsGzip)
        if let answer = cache.answer(
            for: scratch,
            generation: service.federation.publications.generation,
            now: begin
        ) {
            if client.value?.wait(now: begin) != nil { return nil }
            return send(answer, head, client.value, .hot, begin)
        }
        return warmAnswer(head, client.value, acceptsGzip: acceptsGzip, begin)
    }

    /// Requests that ask for more than the plain answer go the long way.
    private func isSpecial(_ head: borrowing RequestHead) -> Bool {
        head.value(of: "cache-control") != nil || head.value(of: "pragma") != nil
            || head.value(of: "if-none-match") != nil || head.value(of: "origin") != nil
            // Several lines are one list, which is put together on the long way alone.
            || head.count(of: "accept-encoding") > 1
            || (head.value(of: "accept") != nil && !head.value(of: "accept", is: "*/*"))
    }

    /// The caller; `nil` where a key is needed and none fits.
    private func client(of head: borrowing RequestHead) -> (value: ClientDirectory.Client?, Void)? {
        if service.clients.isOpen { return (nil, ()) }
        let key =
            head.value(of: "authorization").flatMap { ClientKey.bearer(head.bytes[$0]) }
            ?? head.value(of: "x-api-key").map { Array(head.bytes[$0]) }
        guard let key, let client = service.clients.client(key: key) else { return nil }
        return (client, ())
    }

    private func fillScratch(
        _ head: borrowing RequestHead,
        _ client: (value: ClientDirectory.Client?, Void),
        acceptsGzip: Bool
    ) {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(acceptsGzip ? 1 : 0)
        if let id = client.value?.id { scratch.append(contentsOf: id.utf8) }
        scratch.append(0)
        scratch.append(contentsOf: head.bytes[head.target])
    }

    private func warmAnswer(
        _ head: borrowing RequestHead,
        _ client: ClientDirectory.Client?,
        acceptsGzip: Bool,
        _ begin: ContinuousClock.Instant
    ) -> [UInt8]? {
        // Whoever is over the limit is told so on the long way, before anything is computed.
        if client?.isLimited(now: begin) == true { return nil }
        let id = requestIDs.next()
        let exchange = Exchange(
            request: head.request(),
            requestID: id.description,
            service: service,
            timekeeper: timekeeper,
            client: client
        )
        guard let reply = try? ListRoute(exchange).replyAtOnce(), client?.wait(now: begin) == nil
        else { return nil }
        let answer = HotAnswer(
            encode(finished(reply.response, exchange), exchange),
            requestID: id
        )
        if let reuse = reply.reuse {
            // Date and age are whole seconds: the bytes are good until the second ends.
            let rest = 1_000_000 - timekeeper.date.microseconds % 1_000_000
            cache.store(
                answer,
                byteCount: answer.bytes.count,
                for: scratch,
                generation: reuse.generation,
                expires: min(reuse.until, timekeeper.now + .microseconds(rest))
            )
        }
        record(
            id,
            head.methodText,
            head.targetText,
            200,
            answer.bytes.count,
            exchange,
            .warm,
            begin
        )
        return answer.bytes
    }

    private func encode(_ response: HTTPResponse, _ exchange: Exchange) -> [UInt8] {
        var bytes: [UInt8] = []
        let date = HTTPDate(secondsSince1970: timekeeper.date.seconds)
        ResponseEncoder(isHead: false, keepsAlive: true, date: date).encode(response, into: &bytes)
        return bytes
    }

    private func send(
        _ answer: HotAnswer,
        _ head: borrowing RequestHead,
        _ client: ClientDirectory.Client?,
        _ temperature: Temperature,
        _ begin: ContinuousClock.Instant
    ) -> [UInt8] {
        let id = requestIDs.next()
        observer.answered(
            RequestRecord(
                requestID: id,
                method: "GET",
                target: head.targetText,
                status: 200,
                byteCount: answer.bytes.count,
                duration: begin.duration(to: timekeeper.now),
                temperature: temperature,
                client: client?.id,
                peer: head.peer.address
            )
        )
        return answer.bytes(requestID: id)
    }

    // MARK: The long way

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        takeReplacement()
        let begin = timekeeper.now
        let id = requestIDs.next()
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
                try authenticate(&exchange, now: begin)
                reply = try await Router.reply(exchange)
            }
        } catch {
            reply = Reply(response: error.response(requestID: exchange.requestID))
        }
        let response = finished(reply.response, exchange)
        record(
            id,
            request.method,
            request.target,
            response.status,
            response.body.count,
            exchange,
            reply.temperature,
            begin
        )
        return response
    }

    public func refuse(_ refusal: RequestRefusal) -> HTTPResponse {
        let id = requestIDs.next().description
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
    private func finished(_ response: HTTPResponse, _ exchange: Exchange) -> HTTPResponse {
        var response = response
        response.fields.append(HTTPField("x-request-id", exchange.requestID))
        response.fields.append(HTTPField("x-content-type-options", "nosniff"))
        response.fields += CrossOrigin.fields(exchange)
        if response.body.count >= GzipEncoder.bodyBytesMin,
            response.fields.value(of: "content-encoding") == nil,
            GzipEncoder.isAccepted(exchange.request.fields.combinedValue(of: "accept-encoding")),
            let compressed = GzipEncoder.encode(response.body)
        {
            response.body = compressed
            response.fields.append(HTTPField("content-encoding", "gzip"))
        }
        return response
    }

    private func record(
        _ id: RequestID,
        _ method: String,
        _ target: String,
        _ status: Int,
        _ byteCount: Int,
        _ exchange: Exchange,
        _ temperature: Temperature,
        _ begin: ContinuousClock.Instant
    ) {
        observer.answered(
            RequestRecord(
                requestID: id,
                method: method,
                target: target,
                status: status,
                byteCount: byteCount,
                duration: begin.duration(to: timekeeper.now),
                temperature: temperature,
                client: exchange.client?.id,
                peer: exchange.request.peer.address
            )
        )
    }
}
