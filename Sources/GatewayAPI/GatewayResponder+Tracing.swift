internal import HTTPWire
internal import ImageModel
internal import Observability

extension GatewayResponder {
    /// The trace that a request on the long way belongs to or begins; `nil` where there is none.
    func beginTrace(_ request: HTTPRequest) -> ActiveTrace? {
        tracer.begin(
            traceparent: request.fields.value(of: "traceparent"),
            state: request.fields.filter { $0.name == "tracestate" }.map(\.value)
        )
    }

    /// Records the span of an answered request. Names and attributes by OpenTelemetry's conventions for HTTP
    /// server spans (stable, 1.23); of a target what may be secret is not shown.
    func end(
        _ trace: ActiveTrace,
        _ record: borrowing RequestRecord,
        _ client: String?,
        _ peer: String,
        target: String,
        isTLS: Bool
    ) {
        guard trace.isRecorded else { return }
        let shown = record.targetRedaction.redacted(target)
        let method = record.method.rawValue
        let path = shown.prefix { $0 != "?" }
        let query = shown.dropFirst(path.count + 1)
        // The conventions want another word in names than in the attribute.
        let name = record.method == .other ? "HTTP" : method
        let hasRoute = record.route != .other && record.route != .page
        let isFailure = record.status >= 500
        trace.end(
            hasRoute ? "\(name) \(record.route.rawValue)" : name,
            .server,
            start: record.date.advanced(by: .zero - record.duration).microseconds,
            duration: record.duration,
            error: isFailure ? record.problem ?? "\(record.status)" : nil
        ) { span in
            span.set("http.request.method", method)
            span.set("url.path", String(path))
            span.set("url.query", query.isEmpty ? nil : String(query))
            span.set("url.scheme", isTLS ? "https" : "http")
            span.set("http.route", hasRoute ? record.route.rawValue : nil)
            span.set("http.response.status_code", record.status)
            span.set("http.response.body.size", record.byteCount)
            span.set("client.address", peer)
            span.set("error.type", isFailure ? "\(record.status)" : nil)
            span.set("image_gateway.request_id", record.requestID.description)
            span.set("image_gateway.temperature", record.temperature.rawValue)
            span.set("image_gateway.client", client)
            span.set("image_gateway.problem", record.problem)
        }
    }
}
