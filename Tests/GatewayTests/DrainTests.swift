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

    /// A gateway in front of that cloud, and who asks it.
    private struct HeldGateway {
        let cloud = HeldCloud()
        let gateway: Gateway
        let url: String
        let client: Client
        private let fixture: TestGateway
        private let loop: EventLoop
        private let thread: LoopThread
        private let server: HTTPServer

        /// `members` of its configuration, beside the cloud and the address.
        init(_ members: String) throws {
            let cloud = cloud
            loop = try EventLoop()
            thread = loop.start(name: "held-cloud")
            server = HTTPServer(configuration: .init(address: "127.0.0.1:0"), loops: [loop]) { _ in
                cloud
            }
            fixture = try TestGateway(
                """
                listen: { address: "127.0.0.1:0" }, \(members),
                upstreams: [{ id: "held", provider: "gmi", endpoint: "http://\(try server.start())",
                              credentials: { token: "x" }, retries: 0 }]
                """
            )
            gateway = fixture.gateway
            url = "http://\(try gateway.start { .reloaded(change: "nothing changed") })"
            client = Client(transport: try CurlTransport(loop: loop, version: "test"))
        }

        /// Once the gateway has drained.
        func end() {
            server.stop()
            loop.stop()
            thread.join()
        }
    }

    @Test("While the public port drains the admin port says so; it ends behind it")
    func adminPort() async throws {
        let held = try HeldGateway(
            "admin: { address: \"127.0.0.1:0\" }, limits: { drain_timeout: \"300s\" }"
        )
        let client = held.client
        let admin = "http://\(try #require(held.gateway.adminAddress))"
        #expect(try await client.get(admin + "/readyz").status == 200)
        async let answer = client.get(held.url + "/v1/images")
        await held.cloud.arrived.wait()
        async let drain: Void = held.gateway.drain()
        var readiness = try await client.get(admin + "/readyz")
        while readiness.status == 200 { readiness = try await client.get(admin + "/readyz") }
        #expect(readiness.status == 503)
        #expect(readiness.value(of: "retry-after") == "1")
        for path in ["/healthz", "/metrics"] {
            #expect(try await client.get(admin + path).status == 200)
        }
        held.cloud.gate.open()
        #expect(try await answer.status == 502)
        // The connection that the client keeps alive does not hold it up.
        await drain
        await #expect(throws: UpstreamError.self) { try await client.get(admin + "/readyz") }
        held.end()
    }

    @Test("A request that waits when drain_timeout is over is answered, and booked as it was")
    func deadline() async throws {
        let held = try HeldGateway("limits: { drain_timeout: \"0s\" }")
        async let pending = held.client.get(held.url + "/v1/images")
        await held.cloud.arrived.wait()
        await held.gateway.drain()
        let answer = try await pending
        #expect(answer.status == 503)
        #expect(answer.value(of: "retry-after") == "1")
        let metrics = held.gateway.metricsText
        #expect(metrics.contains("image_gateway_problems_total{problem=\"draining\"} 1\n"))
        #expect(!metrics.contains("upstream-timeout"))
        held.cloud.gate.open()
        held.end()
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
