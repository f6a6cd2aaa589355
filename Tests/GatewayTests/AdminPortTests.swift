import GatewayAPI
import Glibc
import HTTPServing
import Testing
import Upstreams

@testable import image_gateway

@Suite struct AdminPortTests {
    /// A gateway whose admin port listens and needs no key.
    private func started() throws -> TestGateway {
        let gateway = try TestGateway(
            """
            listen: { address: "127.0.0.1:0" }, admin: { address: "127.0.0.1:0" },
            upstreams: [{ id: "cloud", provider: "gmi", endpoint: "@sim", credentials: { token: "x" } }]
            """
        )
        _ = try gateway.gateway.start { .reloaded(change: "nothing changed") }
        return gateway
    }

    @Test("Without a key pages of others change nothing, and programs all the more")
    func pages() async throws {
        let gateway = try started()
        let admin = try AdminClient(gateway)
        let rebound = UpstreamField("Host", "evil.example:8081")
        for path in [
            "/v1/upstreams/cloud:purge", "/v1/upstreams/cloud:reset", "/v1/config:reload",
        ] {
            #expect([200, 202].contains(try await admin.status("POST", path)))
            let own = UpstreamField("Origin", admin.origin)
            #expect([200, 202].contains(try await admin.status("POST", path, own)))
            for field in [
                rebound, UpstreamField("Origin", "http://evil.example"),
                UpstreamField("Sec-Fetch-Site", "cross-site"),
            ] {
                #expect(try await admin.status("POST", path, field) == 403, "\(field)")
            }
        }
        #expect(try await admin.status("GET", "/metrics") == 200)
        #expect(try await admin.status("GET", "/metrics", rebound) == 403)
        #expect(try await admin.status("GET", "/readyz", rebound) == 200)
    }

    @Test("Connections that say nothing keep nobody away from it, however many there are")
    func crowd() async throws {
        let gateway = try started()
        let address = try #require(gateway.gateway.adminAddress)
        let crowd = try (0..<70).map { _ in try SilentClient(port: address.port) }
        for path in ["/healthz", "/readyz", "/metrics"] {
            #expect(try await AdminClient(gateway).status("GET", path) == 200)
        }
        withExtendedLifetime(crowd) {}
    }
}

/// A connection that says nothing.
private final class SilentClient {
    private let descriptor: Int32

    struct Failure: Error {
        let code: Int32
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(code: errno) }
    }

    deinit { close(descriptor) }
}
