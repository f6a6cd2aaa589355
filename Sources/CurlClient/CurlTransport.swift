public import EventLoops
public import Upstreams

/// Calls upstreams with libcurl on one loop: HTTP/1.1 and HTTP/2, TLS always verified, connections reused.
///
/// Redirects are answers; cookies, `.netrc` and environment proxies do not exist; only `http` and `https`.
/// `send` may be called from any task. Nothing blocks the loop: sockets and timers are the loop's own, and
/// names are resolved on libcurl's thread.
public struct CurlTransport: UpstreamTransport {
    let engine: CurlEngine
    private let observer: (@Sendable (CurlCallReport) -> Void)?

    /// `version` goes into `User-Agent: image-gateway/<version>` where a request does not set its own.
    /// Fails with `misconfigured` where libcurl cannot be used.
    public init(
        loop: EventLoop,
        version: String,
        limits: CurlTransportLimits = CurlTransportLimits(),
    ) throws(UpstreamError) {
        let userAgent = "image-gateway/\(version)"
        engine = try CurlEngine(loop: loop, limits: limits, userAgent: userAgent)
        observer = nil
    }

    private init(engine: CurlEngine, observer: @escaping @Sendable (CurlCallReport) -> Void) {
        self.engine = engine
        self.observer = observer
    }

    /// The same connections and loop, with a report of each call that reached libcurl: one such transport
    /// per upstream gives metrics per upstream. `observer` runs on the loop and must not block.
    public func observed(
        by observer: @escaping @Sendable (CurlCallReport) -> Void
    ) -> CurlTransport {
        CurlTransport(engine: engine, observer: observer)
    }

    public func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: ContinuousClock.Instant,
    ) async throws(UpstreamError) -> UpstreamResponse {
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
                engine.loop.submit { engine.begin(transfer, continuation) }
            }
        } onCancel: {
            engine.loop.submit { engine.cancel(transfer) }
        }
        return try outcome.get()
    }

    /// Cancels every call and closes every connection. From any thread; before the loop is stopped.
    /// Calls made afterwards fail with `cancelled`.
    public func close() {
        let engine = engine
        engine.loop.submit { engine.close() }
    }
}
