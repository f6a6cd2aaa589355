import Configuration
import EventLoops
import Glibc
import HTTPServing
import JSONText
import ProviderSimulators
import TestKit
import Testing

@testable import image_gateway

/// Upstreams behind TLS, good and bad, all at once: each bad one fails for itself and says why.
@Suite struct TLSUpstreamTests {
    private let certificates: TestCertificates
    private let strangers: TestCertificates

    init() throws {
        certificates = try TestCertificates()
        strangers = try TestCertificates()
        try certificates.make("good", for: "127.0.0.1")
        try certificates.make("other", for: "10.1.2.3")
        try certificates.makeExpired("expired", for: "127.0.0.1")
        try strangers.make("unknown", for: "127.0.0.1")
    }

    /// What an entry must say: state, error type, a word of its detail.
    private static let expected: [String: (state: String, error: String?, word: String)] = [
        "good": ("fresh", nil, ""),
        "expired": ("failed", "tls-failed", "expired"),
        "other": ("failed", "tls-failed", "another host name"),
        "unknown": ("failed", "tls-failed", "authority"),
        "plain": ("failed", "tls-failed", "does not speak TLS"),
        "reset": ("failed", "", ""),
        "stall": ("failed", "deadline-exceeded", "TLS handshake"),
    ]

    @Test("A good TLS upstream works; each bad one fails as itself, in time, with the cause named")
    func handshakes() async throws {
        let gateway = try FaultGateway()
        let simulator = gateway.simulators.servers.simulator
        let loop = try EventLoop()
        let thread = loop.start(name: "tls")
        // A server that nobody holds accepts, and then says nothing.
        var servers: [HTTPServer] = []
        func origin(_ name: String, _ certificates: TestCertificates) throws -> String {
            let tls = HTTPServing.TLSConfiguration(
                certificateFile: certificates.certificate(name),
                keyFile: certificates.key(name)
            )
            let server = HTTPServer(
                configuration: .init(address: "127.0.0.1:0", tls: tls),
                loops: [loop]
            ) { _ in simulator }
            servers.append(server)
            return "https://\(try server.start())"
        }
        func door(_ provider: SimulatedProvider) throws -> String {
            "https://\(try #require(gateway.simulators.servers.address(of: provider)))"
        }
        await gateway.setFaults(
            """
            [{"provider":"gmi","fault":"tls-reset"}, {"provider":"zenlayer","fault":"tls-stall"}]
            """
        )
        var upstreams: [(String, String)] = []
        for name in ["good", "other", "expired"] {
            upstreams.append((name, try origin(name, certificates)))
        }
        upstreams.append(("unknown", try origin("unknown", strangers)))
        upstreams.append(("plain", try door(.aries)))
        upstreams.append(("reset", try door(.gmi)))
        upstreams.append(("stall", try door(.zenlayer)))
        try gateway.replace(
            upstreams: upstreams.map(upstream).joined(separator: ",\n"),
            deadline: "6s"
        )
        let answer = try await gateway.ask()
        #expect(answer.status == 200, "\(answer.text)")
        // Beside the whole suite a time says nothing.
        if getenv("IMAGE_GATEWAY_FAULTS") != nil {
            #expect(answer.time < .seconds(4) + .milliseconds(50))
        }
        for (id, expected) in Self.expected {
            let entry = answer.body["upstreams"]?.arrayValue?.first { $0["id"]?.stringValue == id }
            let error = entry?["error"]?["type"]?.stringValue ?? ""
            let detail = entry?["error"]?["detail"]?.stringValue ?? ""
            #expect(entry?["state"]?.stringValue == expected.state, "\(id): \(detail)")
            #expect(error.hasSuffix(expected.error ?? ""), "\(id): \(error) \(detail)")
            #expect(detail.contains(expected.word), "\(id): \(detail)")
            print("seen: \(id): \(expected.state) \(error) \(detail)")
        }
        loop.stop()
        thread.join()
        withExtendedLifetime(servers) {}
    }

    private func upstream(_ id: String, _ origin: String) -> String {
        """
        { id: "\(id)", provider: "aries", endpoint: "\(origin)", retries: 0, call_timeout: "3s",
          deadline: "4s", tls: { ca_file: "\(certificates.certificate("authority"))" },
          credentials: { username: "simulator", password: "simulator" } }
        """
    }
}
