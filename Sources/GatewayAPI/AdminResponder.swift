internal import Cryptography
internal import Federation
public import HTTPWire
internal import ImageModel
internal import JSONText
public import Observability
internal import Synchronization
public import Upstreams

/// Answers the admin port: health, metrics and verbs. Shared by the loops that serve it.
public final class AdminResponder: Responder {
    private let service: Mutex<GatewayService>
    private let key: Mutex<[UInt8]?>
    private let timekeeper: any Timekeeper
    private let requestIDs: Mutex<RequestIDGenerator>
    private let controls: Controls

    /// What the executable lends to the admin port.
    public struct Controls: Sendable {
        /// The key callers must show at first; `nil`: none.
        public var key: [UInt8]?
        /// Prometheus text (version 0.0.4).
        public var metrics: @Sendable () -> String
        /// Reads the configuration again; `nil` when it took effect, else why not.
        public var reload: @Sendable () async -> ReloadOutcome
        /// Whether new requests are welcome.
        public var isReady: @Sendable () -> Bool
        /// Told of every answer but the probes'.
        public var answered: @Sendable (AdminRecord) -> Void

        public init(
            key: [UInt8]?,
            metrics: @escaping @Sendable () -> String,
            reload: @escaping @Sendable () async -> ReloadOutcome,
            isReady: @escaping @Sendable () -> Bool,
            answered: @escaping @Sendable (AdminRecord) -> Void
        ) {
            self.key = key
            self.metrics = metrics
            self.reload = reload
            self.isReady = isReady
            self.answered = answered
        }
    }

    public init(
        service: GatewayService,
        timekeeper: any Timekeeper,
        requestIDs: RequestIDGenerator,
        controls: Controls
    ) {
        self.service = Mutex(service)
        self.key = Mutex(controls.key)
        self.timekeeper = timekeeper
        self.requestIDs = Mutex(requestIDs)
        self.controls = controls
    }

    /// Answers from the next request on come from `service`, for callers that show `key`.
    public func replace(_ service: GatewayService, key: [UInt8]?) {
        self.service.withLock { $0 = service }
        self.key.withLock { $0 = key }
    }

    /// Probes are answered before any task is made: a loop that is busy is alive all the same.
    public func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        guard head.methodIs("GET") else { return false }
        let requestID = requestIDs.withLock { $0.next() }.description
        guard var response = probe(head.targetText, requestID) else { return false }
        response.fields.append(HTTPField("x-request-id", requestID))
        var bytes: [UInt8] = []
        ResponseEncoder(
            isHead: false,
            keepsAlive: true,
            date: HTTPDate(secondsSince1970: timekeeper.date.seconds)
        ).encode(response, into: &bytes)
        send(bytes.span)
        return true
    }

    /// They carry no key, and tell nobody more than that somebody is here: whatever name they are asked by will do.
    private func probe(_ path: String, _ requestID: String) -> HTTPResponse? {
        switch path {
        case "/healthz": text(200, "ok\n")
        case "/readyz" where controls.isReady(): text(200, "ready\n")
        case "/readyz": Problem.draining.response(requestID: requestID)
        default: nil
        }
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        let requestID = requestIDs.withLock { $0.next() }
        let probe = probe(String(request.path), requestID.description)
        var response: HTTPResponse
        var problem: Problem?
        do throws(Problem) {
            response =
                if let probe {
                    try read(request) { probe }
                } else {
                    try await answer(request, requestID)
                }
        } catch {
            problem = error
            response = error.response(requestID: requestID.description)
        }
        response.fields.append(HTTPField("x-request-id", requestID.description))
        if probe == nil { tell(of: request, requestID, response.status, problem) }
        return response
    }

    private func tell(
        of request: HTTPRequest,
        _ requestID: RequestID,
        _ status: Int,
        _ problem: Problem?
    ) {
        controls.answered(
            AdminRecord(
                requestID: requestID,
                action: AdminAction(path: request.path),
                path: String(request.path),
                status: status,
                problem: problem?.slug,
                peer: request.peer.address
            )
        )
    }

    private func answer(_ request: HTTPRequest, _ requestID: RequestID) async throws(Problem)
        -> HTTPResponse
    {
        let key = key.withLock { $0 }
        try ClientKey.checkIsOne(request)
        try ForeignPages.check(request, isKeyed: key != nil)
        try authenticate(request, key)
        switch request.path {
        case "/metrics":
            return try read(request) {
                text(200, controls.metrics(), type: "text/plain; version=0.0.4; charset=utf-8")
            }
        case "/v1/config:reload":
            try checkPost(request)
            return try await reload()
        case "/v1/upstreams":
            return try read(request) { () throws(Problem) in
                try UpstreamsRoute.reply(exchange(request, requestID)).response
            }
        default: return try verb(request)
        }
    }

    private func authenticate(_ request: HTTPRequest, _ key: [UInt8]?) throws(Problem) {
        guard let key else { return }
        guard let shown = ClientKey.shown(by: request),
            isEqualInConstantTime(Digest.sha256.hash(shown), Digest.sha256.hash(key))
        else { throw .adminUnauthorized }
    }

    /// `POST /v1/upstreams/{id}:refresh`, `:purge` and `:reset`.
    private func verb(_ request: HTTPRequest) throws(Problem) -> HTTPResponse {
        let prefix = "/v1/upstreams/"
        guard request.path.hasPrefix(prefix), let colon = request.path.lastIndex(of: ":"),
            let id = QueryString.decode(request.path[..<colon].dropFirst(prefix.count))
        else {
            throw .notFound(
                "there is no such route; there are \(Self.routes.joined(separator: ", "))"
            )
        }
        let verb = request.path[request.path.index(after: colon)...]
        guard ["refresh", "purge", "reset"].contains(verb) else {
            throw .notFound(
                "'\(verb)' is no verb for an upstream; there are refresh, purge and reset"
            )
        }
        try checkPost(request)
        let nodes = service.withLock { $0.federation.nodes }
        guard let node = nodes.first(where: { $0.id == id }) else {
            throw .notFound(
                "no upstream is called '\(id)'; there are \(nodes.map(\.id).joined(separator: ", "))"
            )
        }
        switch verb {
        case "refresh": guard node.refresh() else { throw .upstreamDisabled(id) }
        case "purge": node.purge()
        default: node.reset()
        }
        return json(202) { writer in
            writer.member("upstream", id)
            writer.member("accepted", String(verb))
        }
    }

    private func reload() async throws(Problem) -> HTTPResponse {
        switch await controls.reload() {
        case .reloaded(let change):
            return json(200) {
                $0.member("reloaded", true)
                $0.member("change", change)
            }
        case .refused(let reason):
            throw Problem(
                slug: "invalid-configuration",
                title: "The configuration was not reloaded",
                status: 422,
                detail: reason
            )
        }
    }

    static let routes = [
        "/healthz", "/readyz", "/metrics", "/v1/upstreams", "/v1/upstreams/{id}:refresh",
        "/v1/upstreams/{id}:purge", "/v1/upstreams/{id}:reset", "/v1/config:reload",
    ]

    private func exchange(_ request: HTTPRequest, _ requestID: RequestID) -> Exchange {
        Exchange(
            request: request,
            requestID: requestID,
            service: service.withLock { $0 },
            timekeeper: timekeeper
        )
    }

    private func read(
        _ request: HTTPRequest,
        _ body: () throws(Problem) -> HTTPResponse
    ) throws(Problem) -> HTTPResponse {
        guard ["GET", "HEAD"].contains(request.method) else {
            throw .methodNotAllowed(allow: "GET, HEAD")
        }
        return try body()
    }

    private func checkPost(_ request: HTTPRequest) throws(Problem) {
        guard request.method == "POST" else { throw .methodNotAllowed(allow: "POST") }
    }

    private func text(
        _ status: Int,
        _ text: String,
        type: String = "text/plain; charset=utf-8"
    ) -> HTTPResponse {
        let fields = [HTTPField("content-type", type), HTTPField("cache-control", "no-store")]
        return HTTPResponse(status: status, fields: fields, body: Array(text.utf8))
    }

    private func json(_ status: Int, _ body: (inout JSONWriter) -> Void) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object { body(&$0) }
        let fields = [
            HTTPField("content-type", "application/json"), HTTPField("cache-control", "no-store"),
        ]
        return HTTPResponse(status: status, fields: fields, body: writer.bytes)
    }
}
