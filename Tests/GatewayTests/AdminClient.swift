import CurlClient
import MonotonicTime
import Testing
import Upstreams

@testable import image_gateway

/// Asks a gateway's admin port over a socket.
struct AdminClient {
    let origin: String
    private let transport: CurlTransport

    init(_ gateway: TestGateway) throws {
        origin = "http://\(try #require(gateway.gateway.adminAddress))"
        transport = try CurlTransport(loop: gateway.threads.main, version: "test")
    }

    /// The status of the answer.
    func status(_ method: String, _ path: String, _ field: UpstreamField? = nil) async throws -> Int
    {
        let request = UpstreamRequest(
            method: method,
            url: origin + path,
            fields: field.map { [$0] } ?? []
        )
        return try await transport.send(
            request,
            policy: TransportPolicy(),
            deadline: .now + .seconds(300)
        ).status
    }
}
