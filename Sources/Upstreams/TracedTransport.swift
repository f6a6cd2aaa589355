internal import ImageModel
public import MonotonicTime
internal import Observability

/// Another transport, whose calls carry the trace they are made in and leave a span each. Where nothing is
/// traced it is the other transport and a look at the task.
///
/// `traceparent` and `tracestate` are added after signing; no provider signs fields it does not name.
public struct TracedTransport: UpstreamTransport {
    private let base: any UpstreamTransport
    private let timekeeper: any Timekeeper
    private let upstream: String
    private let provider: String

    public init(
        _ base: any UpstreamTransport,
        timekeeper: any Timekeeper,
        upstream: String,
        provider: String
    ) {
        self.base = base
        self.timekeeper = timekeeper
        self.upstream = upstream
        self.provider = provider
    }

    /// A second attempt is part of the call, not one of its own; it has the fields that it was made with.
    public func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant,
        hedge: Hedge?
    ) async throws(UpstreamError) -> UpstreamResponse {
        guard let trace = ActiveTrace.current?.child() else {
            return try await base.send(request, policy: policy, deadline: deadline, hedge: hedge)
        }
        return try await send(request, policy, deadline, hedge, trace)
    }

    // Not inlined: what is needed for a trace alone would lie in every frame.
    @inline(never)
    private func send(
        _ request: UpstreamRequest,
        _ policy: TransportPolicy,
        _ deadline: MonotonicClock.Instant,
        _ hedge: Hedge?,
        _ trace: ActiveTrace
    ) async throws(UpstreamError) -> UpstreamResponse {
        var request = request
        request.fields.append(UpstreamField("traceparent", trace.context.traceparent))
        if let state = trace.state {
            request.fields.append(UpstreamField("tracestate", state.value))
        }
        let (begin, date) = (timekeeper.now, timekeeper.date)
        let outcome: Result<UpstreamResponse, UpstreamError>
        do throws(UpstreamError) {
            outcome = .success(
                try await base.send(request, policy: policy, deadline: deadline, hedge: hedge)
            )
        } catch {
            outcome = .failure(error)
        }
        end(trace, request, outcome, start: date, duration: begin.duration(to: timekeeper.now))
        return try outcome.get()
    }

    /// Names and attributes by OpenTelemetry's conventions for HTTP client spans (stable, 1.23). Queries are
    /// left out: some providers put signatures there.
    private func end(
        _ trace: ActiveTrace,
        _ request: UpstreamRequest,
        _ outcome: Result<UpstreamResponse, UpstreamError>,
        start: Timestamp,
        duration: Duration
    ) {
        let (status, error) = Self.summary(outcome)
        trace.end(
            request.method,
            .client,
            start: start.microseconds,
            duration: duration,
            error: error
        ) { span in
            let place = URLPlace(request.url)
            span.set("http.request.method", request.method)
            span.set("server.address", place.host)
            span.set("server.port", place.port)
            span.set("url.full", place.withoutQuery)
            span.set("http.response.status_code", status)
            span.set("error.type", error)
            span.set("image_gateway.upstream", upstream)
            span.set("image_gateway.provider", provider)
        }
    }

    private static func summary(
        _ outcome: Result<UpstreamResponse, UpstreamError>
    ) -> (status: Int?, error: String?) {
        switch outcome {
        case .success(let response):
            (response.status, response.status >= 400 ? "\(response.status)" : nil)
        case .failure(let error): (error.status, error.code.rawValue)
        }
    }
}

/// What a span may tell of an absolute URL.
private struct URLPlace {
    var withoutQuery: String
    var host: String
    var port: Int

    init(_ url: String) {
        withoutQuery = String(url.prefix { $0 != "?" && $0 != "#" })
        let isSecure = withoutQuery.lowercased().hasPrefix("https://")
        let rest = withoutQuery.split(separator: "://", maxSplits: 1).last ?? ""
        let authority = rest.prefix { $0 != "/" }
        let colon = authority.lastIndex(of: ":")
        let digits = colon.map { authority[authority.index(after: $0)...] } ?? ""
        if let colon, let number = Int(digits) {
            host = String(authority[..<colon])
            port = number
        } else {
            host = String(authority)
            port = isSecure ? 443 : 80
        }
    }
}
