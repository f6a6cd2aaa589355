import EventLoops
import Upstreams

@testable import CurlClient

/// A loop on its own thread with a transport on it, for the length of `body`.
func withTransport<Value: Sendable>(
    limits: CurlTransportLimits = CurlTransportLimits(),
    _ body: (CurlTransport) async throws -> Value
) async throws -> Value {
    let loop = try EventLoop()
    let thread = loop.start(name: "test-loop")
    let transport = try CurlTransport(loop: loop, version: "test", limits: limits)
    defer {
        transport.close()
        loop.stop()
        thread.join()
    }
    return try await body(transport)
}

extension CurlTransport {
    func get(
        _ url: String,
        policy: TransportPolicy = TransportPolicy(),
        within time: Duration = .seconds(20)
    ) async throws(UpstreamError) -> UpstreamResponse {
        try await send(UpstreamRequest(url: url), policy: policy, deadline: .now.advanced(by: time))
    }

    /// The error of a call that must fail.
    func failure(
        _ url: String,
        policy: TransportPolicy = TransportPolicy(),
        within time: Duration = .seconds(20)
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
