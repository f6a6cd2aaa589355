import CurlClient
import EventLoops
import GatewayAPI
import HTTPServing
import HTTPWire
import MonotonicTime
import TestKit
import Testing
import Upstreams

@testable import image_gateway

@Suite struct DrainTests {
    /// A cloud that answers when it is let.
    private struct HeldCloud: Responder {
        let arrived = TestKit.Gate()
        let gate = TestKit.Gate()

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            arrived.open()
            await gate.wait()
            return HTTPResponse(status: 500)
        }
    }

    @Test("While the public port drains the admin port says so; it ends behind it")
    func adminPort() async throws {
        let cloud = HeldCloud()
        let loop = try EventLoop()
        let thread = loop.start(name: "held-cloud")
        let server = HTTPServer(configuration: .init(address: "127.0.0.1:0"), loops: [loop]) { _ in
            cloud
        }
        let gateway = try TestGateway(
            """
            listen: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" },
            limits: { drain_timeout: "300s" },
            upstreams: [{ id: "held", provider: "gmi", endpoint: "http://\(try server.start())",
                          credentials: { token: "x" }, retries: 0 }]
            """
        )
        let address = try gateway.gateway.start { .reloaded(change: "nothing changed") }
        let admin = "http://\(try #require(gateway.gateway.adminAddress))"
        let client = Client(transport: try CurlTransport(loop: loop, version: "test"))
        #expect(try await client.get(admin + "/readyz").status == 200)
        async let held = client.get("http://\(address)/v1/images")
        await cloud.arrived.wait()
        async let drain: Void = gateway.gateway.drain()
        var readiness = try await client.get(admin + "/readyz")
        while readiness.status == 200 { readiness = try await client.get(admin + "/readyz") }
        #expect(readiness.status == 503)
        #expect(readiness.value(of: "retry-after") == "1")
        for path in ["/healthz", "/metrics"] {
            #expect(try await client.get(admin + path).status == 200)
        }
        cloud.gate.open()
        #expect(try await held.status == 502)
        // The connection that the client keeps alive does not hold it up.
        await drain
        await #expect(throws: UpstreamError.self) { try await client.get(admin + "/readyz") }
        server.stop()
        loop.stop()
        thread.join()
    }

    @Test("A request that waits when drain_timeout is over is answered, and booked as it was")
    func deadline() async throws {
        let cloud = HeldCloud()
        let loop = try EventLoop()
        let thread = loop.start(name: "held-cloud")
        let server = HTTPServer(configuration: .init(address: "127.0.0.1:0"), loops: [loop]) { _ in
            cloud
        }
        let gateway = try TestGateway(
            """
            listen: { address: "127.0.0.1:0" }, limits: { drain_timeout: "0s" },
            upstreams: [{ id: "held", provider: "gmi", endpoint: "http://\(try server.start())",
                          credentials: { token: "x" }, retries: 0 }]
            """
        )
        let address = try gateway.gateway.start { .reloaded(change: "nothing changed") }
        let client = Client(transport: try CurlTransport(loop: loop, version: "test"))
        async let held = client.get("http://\(address)/v1/images")
        await cloud.arrived.wait()
        await gateway.gateway.drain()
        let answer = try await held
        #expect(answer.status == 503)
        #expect(answer.value(of: "retry-after") == "1")
        let metrics = gateway.gateway.metricsText
        #expect(metrics.contains("image_gateway_problems_total{problem=\"draining\"} 1\n"))
        #expect(!metrics.contains("upstream-timeout"))
        cloud.gate.open()
        server.stop()
        loop.stop()
        thread.join()
    }

    private struct Client {
        let transport: CurlTransport

        func get(_ url: String) async throws -> UpstreamResponse {
            try await transport.send(
                UpstreamRequest(method: "GET", url: url),
                policy: TransportPolicy(),
                deadline: .now + .seconds(300)
            )
        }
    }
}
