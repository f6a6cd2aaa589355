internal import HTTPWire

/// CORS as the Fetch standard has it, for the configured origins alone.
enum CrossOrigin {
    /// The answer to a preflight from an allowed origin; `nil` for any other request.
    static func preflight(_ exchange: Exchange) -> Reply? {
        guard exchange.request.method == "OPTIONS", allowed(exchange) != nil,
            exchange.request.fields.value(of: "access-control-request-method") != nil
        else { return nil }
        let fields = [
            HTTPField("access-control-allow-methods", "GET, HEAD"),
            HTTPField(
                "access-control-allow-headers",
                "authorization, x-api-key, if-none-match, cache-control, traceparent, tracestate"
            ),
            HTTPField("access-control-max-age", "600"),
        ]
        return Reply(response: HTTPResponse(status: 204, fields: fields))
    }

    /// Adds what scripts of allowed origins need. Where origins count at all, every answer says so: a cache
    /// must not give one origin what it kept for another (Fetch standard, "CORS protocol and HTTP caches").
    static func add(to response: inout HTTPResponse, _ exchange: Exchange) {
        if exchange.service.corsOrigins.isEmpty { return }
        if let index = response.fields.firstIndex(where: { $0.name == "vary" }) {
            response.fields[index].value += ", origin"
        } else if !response.lines.fields.contains(where: { $0.name == "vary" }) {
            response.fields.append(HTTPField("vary", "origin"))
        }
        response.fields += fields(exchange)
    }

    private static func fields(_ exchange: Exchange) -> [HTTPField] {
        guard let origin = allowed(exchange) else { return [] }
        return [
            HTTPField("access-control-allow-origin", origin),
            HTTPField(
                "access-control-expose-headers",
                "link, etag, age, cache-status, retry-after, server-timing, x-request-id"
            ),
        ]
    }

    private static func allowed(_ exchange: Exchange) -> String? {
        guard let origin = exchange.request.fields.value(of: "origin") else { return nil }
        let origins = exchange.service.corsOrigins
        return origins.contains(origin) || origins.contains("*") ? origin : nil
    }
}
