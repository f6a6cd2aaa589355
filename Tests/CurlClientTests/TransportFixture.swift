import EventLoops
import Glibc
import MonotonicTime
import Upstreams

@testable import CurlClient

/// A loop on its own thread with a transport on it, for the length of `body`, which runs on the loop too: beside a
/// whole suite the shared threads may come back to it when a kept connection has grown too old.
func withTransport<Value: Sendable>(
    limits: CurlTransportLimits = CurlTransportLimits(),
    _ body: (CurlTransport) async throws -> Value
) async throws -> Value {
    _ = environmentWithProxy
    let loop = try EventLoop()
    let thread = loop.start(name: "test-loop")
    let transport = try CurlTransport(loop: loop, version: "test", limits: limits)
    defer {
        transport.close()
        loop.stop()
        thread.join()
    }
    return try await withTaskExecutorPreference(loop) { try await body(transport) }
}

extension CurlTransport {
    func send(
        _ request: UpstreamRequest,
        within time: Duration = .seconds(300)
    ) async throws(UpstreamError) -> UpstreamResponse {
        try await send(request, policy: TransportPolicy(), deadline: .now.advanced(by: time))
    }

    func get(
        _ url: String,
        policy: TransportPolicy = TransportPolicy(),
        within time: Duration = .seconds(300)
    ) async throws(UpstreamError) -> UpstreamResponse {
        try await send(UpstreamRequest(url: url), policy: policy, deadline: .now.advanced(by: time))
    }

    /// The error of a call that must fail.
    func failure(
        _ url: String,
        policy: TransportPolicy = TransportPolicy(),
        within time: Duration = .seconds(300)
    ) async throws -> UpstreamError {
        let response: UpstreamResponse
        do {
            response = try await get(url, policy: policy, within: time)
        } catch {
            return error
        }
        throw UnexpectedAnswer(response: response)
    }

    /// Runs on the loop's thread.
    func onLoop<Value: Sendable>(
        _ read: @escaping @Sendable (CurlEngine) -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            engine.loop.submit { continuation.resume(returning: read(engine)) }
        }
    }
}

struct UnexpectedAnswer: Error {
    var response: UpstreamResponse
}

/// Set once and for all tests, because the environment has no lock: a proxy that nobody serves, and a
/// name that it is not for.
let environmentWithProxy: Void = {
    setenv("http_proxy", "http://127.0.0.1:1", 1)
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1)
    setenv("no_proxy", "ims.example", 1)
}()
