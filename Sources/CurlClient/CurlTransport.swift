public import EventLoops
public import MonotonicTime
public import Upstreams

/// Calls upstreams with libcurl on loops: HTTP/1.1 and HTTP/2, TLS always verified, connections reused. A call
/// that a loop's own thread makes stays on that loop, any other one goes to the first; each loop has its own
/// connections.
///
/// Redirects are answers; cookies, `.netrc` and environment proxies do not exist; only `http` and `https`.
/// `send` may be called from any task. Nothing blocks a loop: sockets and timers are the loop's own, and
/// names are resolved on libcurl's thread.
public struct CurlTransport: UpstreamTransport {
    private let engines: [CurlEngine]
    private let observer: (@Sendable (CurlCallReport) -> Void)?

    /// `version` goes into `User-Agent: image-gateway/<version>` where a request does not set its own.
    /// Fails with `misconfigured` where libcurl cannot be used. There is at least one loop.
    public init(
        loops: [EventLoop],
        version: String,
        limits: CurlTransportLimits = CurlTransportLimits(),
    ) throws(UpstreamError) {
        precondition(!loops.isEmpty, "a transport has a loop to run on")
        let userAgent = "image-gateway/\(version)"
        var engines: [CurlEngine] = []
        for loop in loops {
            engines.append(try CurlEngine(loop: loop, limits: limits, userAgent: userAgent))
        }
        self.engines = engines
        observer = nil
    }

    /// The same on one loop.
    public init(
        loop: EventLoop,
        version: String,
        limits: CurlTransportLimits = CurlTransportLimits(),
    ) throws(UpstreamError) {
        try self.init(loops: [loop], version: version, limits: limits)
    }

    private init(engines: [CurlEngine], observer: @escaping @Sendable (CurlCallReport) -> Void) {
        self.engines = engines
        self.observer = observer
    }

    /// The calling thread's own, or the first.
    var engine: CurlEngine { engines.first { $0.loop.isCurrent } ?? engines[0] }

    /// The same connections and loops, with a report of each call that reached libcurl: one such transport
    /// per upstream gives metrics per upstream. `observer` runs on the call's loop and must not block.
    public func observed(
        by observer: @escaping @Sendable (CurlCallReport) -> Void
    ) -> CurlTransport {
        CurlTransport(engines: engines, observer: observer)
    }

    public func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant,
        hedge: Hedge?,
    ) async throws(UpstreamError) -> UpstreamResponse {
        // On the loop the call would begin before the cancellation is heard of.
        guard !Task.isCancelled else { throw .cancelledCall }
        let engine = engine
        let transfer = CurlTransfer(
            request: request,
            policy: policy,
            deadline: deadline,
            limits: engine.limits,
            observer: observer,
        )
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                engine.submit(transfer, hedge, continuation)
            }
        } onCancel: {
            engine.loop.submit { engine.cancel(transfer) }
        }
        return try outcome.get()
    }

    /// Cancels every call and closes every connection. From any thread; before the loops are
    /// stopped. Calls made afterwards fail with `cancelled`.
    public func close() {
        for engine in engines { engine.loop.submit { engine.close() } }
    }
}
