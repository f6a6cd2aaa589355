internal import Federation
internal import HTTPWire
internal import Upstreams

/// Which route a request means, on the public port.
enum Router {
    /// Fails with the problem the client is told.
    static func reply(_ exchange: Exchange) async throws(Problem) -> Reply {
        // RFC 9110 §9.3.7: asked of the server as a whole.
        if exchange.request.target == "*" { return options("GET, HEAD, OPTIONS") }
        // What nearly everybody asks for; the path may also be spelled otherwise.
        if exchange.request.path == "/v1/images" { return try await images(exchange) }
        guard let segments = exchange.segments else {
            throw Problem(
                slug: "malformed-path",
                title: "Malformed path",
                status: 400,
                detail: "the path is not percent-encoded UTF-8"
            )
        }
        switch (segments.first, segments.count) {
        case ("", 1):
            return try read(exchange) { () throws(Problem) in
                try WebRoute(exchange: exchange).start()
            }
        case ("docs", 1):
            return try read(exchange) { () throws(Problem) in
                try WebRoute(exchange: exchange).documentation()
            }
        case ("assets", 3):
            return try read(exchange) { () throws(Problem) in
                try WebRoute(exchange: exchange).file(version: segments[1], name: segments[2])
            }
        case ("openapi.json", 1):
            return try read(exchange) { () throws(Problem) in
                try exchange.service.document.reply(exchange)
            }
        case ("v1", 2) where segments[1] == "images": return try await images(exchange)
        case ("v1", 2) where segments[1] == "upstreams":
            return try read(exchange) { () throws(Problem) in try UpstreamsRoute.reply(exchange) }
        case ("v1", 3...) where segments[1] == "images":
            if exchange.request.method == "OPTIONS" { return options("GET, HEAD, OPTIONS") }
            try checkRead(exchange)
            // Native ids may hold slashes.
            return try await ImageRoute(exchange, id: segments[2...].joined(separator: "/")).reply()
        default:
            throw .notFound(
                "there is no such route; there are \(Self.routes.joined(separator: ", "))"
            )
        }
    }

    private static func images(_ exchange: Exchange) async throws(Problem) -> Reply {
        if exchange.request.method == "OPTIONS" { return options("GET, HEAD, OPTIONS") }
        try checkRead(exchange)
        return try await ListRoute(exchange).reply()
    }

    static let routes = [
        "/v1/images", "/v1/images/{id}", "/v1/upstreams", "/openapi.json", "/", "/docs",
        "/assets/{version}/{name}",
    ]

    private static func read(_ exchange: Exchange, _ reply: () throws(Problem) -> Reply)
        throws(Problem) -> Reply
    {
        if exchange.request.method == "OPTIONS" { return options("GET, HEAD, OPTIONS") }
        try checkRead(exchange)
        return try reply()
    }

    private static func checkRead(_ exchange: Exchange) throws(Problem) {
        guard ["GET", "HEAD"].contains(exchange.request.method) else {
            throw .methodNotAllowed(allow: "GET, HEAD, OPTIONS")
        }
        if !WebRoute.isOpen(exchange.request.path),
            !ContentNegotiation.takesJSON(exchange.request.fields.combinedValue(of: "accept"))
        {
            throw .notAcceptable
        }
    }

    static func options(_ allow: String) -> Reply {
        Reply(response: HTTPResponse(status: 204, fields: [HTTPField("allow", allow)]))
    }
}
