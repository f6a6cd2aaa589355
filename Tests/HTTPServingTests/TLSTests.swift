import COpenSSL
import EventLoops
import HTTPServing
import HTTPWire
import TestKit
import Testing

@Suite("The TLS listener")
struct TLSTests {
    @Test("A request over TLS is answered, with ALPN http/1.1 and TLS 1.3, several times")
    func answers() async throws {
        try await withServer { server, _ in
            let client = try TLSClient(port: server.address.port)
            for number in 1...3 {
                try client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.receiveAnswer().body == "/\(number) tls=true nobody")
            }
            #expect(client.selectedProtocol == "http/1.1")
            #expect(client.version == "TLSv1.3")
        }
    }

    @Test("Content and an answer of many records go through whole")
    func large() async throws {
        let responder = ClosureResponder { HTTPResponse(status: 200, body: $0.body + $0.body) }
        try await withServer(responder: responder) { server, _ in
            let client = try TLSClient(port: server.address.port)
            let text = String(repeating: "0123456789", count: 40_000)
            try client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(text.count)\r\n\r\n\(text)"
            )
            #expect(try client.receiveAnswer().body == text + text)
        }
    }

    @Test("A client certificate of the authority names the peer; one without stays nobody")
    func clientCertificate() async throws {
        try await withServer(verifies: true) { server, certificates in
            try certificates.make("portal")
            var options = TLSClient.Options()
            options.certificate = (certificates.certificate("portal"), certificates.key("portal"))
            let known = try TLSClient(port: server.address.port, options)
            try known.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try known.receiveAnswer().body
            #expect(answer.hasPrefix("/ tls=true CN=portal,O=Example 32 "))
            // Thirty days from now, give or take what the test takes.
            let left = Int64(answer.split(separator: " ").last ?? "") ?? 0
            #expect((2_588_200...2_592_000).contains(left - Int64(time(nil))), "\(answer)")
            let unknown = try TLSClient(port: server.address.port)
            try unknown.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try unknown.receiveAnswer().body == "/ tls=true nobody")
        }
    }

    @Test("Alternative names of the kinds that clients are known by are read, others are left out")
    func alternativeNames() async throws {
        try await withServer(verifies: true) { server, certificates in
            try certificates.make(
                "portal",
                "DNS:Portal.Example,URI:spiffe://example/portal,email:a@example.org,IP:127.0.0.1"
            )
            var options = TLSClient.Options()
            options.certificate = (certificates.certificate("portal"), certificates.key("portal"))
            let client = try TLSClient(port: server.address.port, options)
            try client.send("GET /names HTTP/1.1\r\nHost: x\r\n\r\n")
            let expected = "dns:portal.example uri:spiffe://example/portal email:a@example.org"
            #expect(try client.receiveAnswer().body == expected)
        }
    }

    @Test("A client certificate of another authority is refused")
    func foreignCertificate() async throws {
        let foreign = try TestCertificates()
        try foreign.make("portal")
        var options = TLSClient.Options(versionMax: TLS1_2_VERSION)
        options.certificate = (foreign.certificate("portal"), foreign.key("portal"))
        try await withServer(verifies: true) { server, _ in
            #expect(throws: TLSClient.Failure.handshake) {
                try TLSClient(port: server.address.port, options)
            }
        }
    }

    @Test("A client that asks without the certificate that is required is told so, and not reset")
    func missingCertificate() async throws {
        try await withServer(verifies: true, requires: true) { server, _ in
            for _ in 0..<20 {
                // In TLS 1.3 the client goes on before it knows.
                let client = try TLSClient(port: server.address.port)
                try client.send("GET /names HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(client.readFailure().contains("certificate required"))
            }
        }
    }

    @Test("TLS 1.2 is accepted, TLS 1.1 is not, nor a client that speaks only h2")
    func versions() async throws {
        try await withServer { server, _ in
            let port = server.address.port
            let old = try TLSClient(port: port, TLSClient.Options(versionMax: TLS1_2_VERSION))
            #expect(old.version == "TLSv1.2")
            #expect(throws: TLSClient.Failure.handshake) {
                try TLSClient(port: port, TLSClient.Options(versionMax: TLS1_1_VERSION))
            }
            #expect(throws: TLSClient.Failure.handshake) {
                try TLSClient(port: port, TLSClient.Options(protocols: Array("\u{2}h2".utf8)))
            }
        }
    }

    @Test("Plain HTTP on the TLS port ends the connection and harms nobody else")
    func plain() async throws {
        try await withServer { server, _ in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try? client.receiveToEnd()
            let other = try TLSClient(port: server.address.port)
            try other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try other.receiveAnswer().status == 200)
        }
    }

    @Test("A handshake that never comes ends at the head's deadline")
    func silentHandshake() async throws {
        var limits = ServerLimits()
        limits.headTime = .milliseconds(30)
        try await withServer(limits: limits) { server, _ in
            let client = try server.connect()
            #expect(try client.receiveSome().isEmpty)
        }
    }

    @Test(
        "Reloaded certificates serve new connections, old connections go on; bad ones change nothing"
    )
    func reload() async throws {
        try await withServer { server, certificates in
            let old = try TLSClient(port: server.address.port)
            try certificates.make("second")
            try server.server.reloadTLS(certificates.configuration("second"))
            #expect(throws: ServerError.self) {
                try server.server.reloadTLS(certificates.configuration("missing"))
            }
            await server.settle()
            let new = try TLSClient(port: server.address.port)
            #expect(old.serverName == "first")
            #expect(new.serverName == "second")
            for client in [old, new] {
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.receiveAnswer().status == 200)
            }
        }
    }

    @Test("Who is known by a certificate is nobody once its authority is withdrawn")
    func withdrawnAuthority() async throws {
        let others = try TestCertificates()
        try others.make("other")
        var limits = ServerLimits.patient
        limits.drainIdleTime = limits.idleTime
        try await withServer(limits: limits, verifies: true) { server, certificates in
            try certificates.make("portal")
            var options = TLSClient.Options()
            options.certificate = (certificates.certificate("portal"), certificates.key("portal"))
            let client = try TLSClient(port: server.address.port, options)
            func ask() throws -> Answer {
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return try client.receiveAnswer()
            }
            var tls = certificates.configuration("first")
            tls.clientAuthorityFile = certificates.certificate("authority")
            #expect(try ask().body.hasPrefix("/ tls=true CN=portal"))
            try server.server.reloadTLS(tls)
            await server.settle()
            let kept = try ask()
            #expect(kept.body.hasPrefix("/ tls=true CN=portal"))
            #expect(!kept.head.contains("connection: close"))
            tls.clientAuthorityFile = others.certificate("authority")
            try server.server.reloadTLS(tls)
            await server.settle()
            let last = try ask()
            #expect(last.body == "/ tls=true nobody")
            #expect(last.head.contains("connection: close"))
        }
    }

    @Test(
        "Where a certificate is required, connections without a trusted one end",
        arguments: [true, false]
    )
    func required(hasCertificate: Bool) async throws {
        let others = try TestCertificates()
        try others.make("other")
        try await withServer(verifies: true) { server, certificates in
            try certificates.make("portal")
            var options = TLSClient.Options()
            if hasCertificate {
                options.certificate = (
                    certificates.certificate("portal"), certificates.key("portal")
                )
            }
            let client = try TLSClient(port: server.address.port, options)
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.receiveAnswer().head.hasPrefix("HTTP/1.1 200"))
            var tls = certificates.configuration("first")
            tls.requiresClientCertificate = true
            tls.clientAuthorityFile = certificates.certificate("authority")
            if hasCertificate {
                try server.server.reloadTLS(tls)
                await server.settle()
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.receiveAnswer().body.hasPrefix("/ tls=true CN=portal"))
                tls.clientAuthorityFile = others.certificate("authority")
            }
            try server.server.reloadTLS(tls)
            await server.settle()
            #expect(client.receiveEnd())
        }
    }

    @Test("A certificate with another's key is refused at start, by name")
    func mismatch() throws {
        let certificates = try TestCertificates()
        try certificates.make("first")
        let tls = TLSConfiguration(
            certificateFile: certificates.certificate("first"),
            keyFile: certificates.key("authority"),
        )
        let error = #expect(throws: ServerError.self) { try LoopbackServer(tls: tls) }
        #expect(error?.code == .invalidCertificate)
        #expect(error?.file == .key)
        #expect(error?.message.contains("authority.key holds another key") == true)
    }

    private func withServer(
        limits: ServerLimits = .patient,
        verifies: Bool = false,
        requires: Bool = false,
        responder: any Responder = PeerResponder(),
        _ body: (LoopbackServer, TestCertificates) async throws -> Void
    ) async throws {
        let certificates = try TestCertificates()
        try certificates.make("first")
        var tls = certificates.configuration("first")
        if verifies { tls.clientAuthorityFile = certificates.certificate("authority") }
        tls.requiresClientCertificate = requires
        try await LoopbackServer.with(limits: limits, tls: tls, responder: responder) { server in
            try await body(server, certificates)
        }
    }
}

private struct PeerResponder: Responder {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let certificate = request.peer.certificate
        if request.target == "/names" {
            let names = (certificate?.alternativeNames ?? []).joined(separator: " ")
            return HTTPResponse(status: 200, body: Array(names.utf8))
        }
        let shown = certificate.map { "\($0.subject) \($0.fingerprint.count) \($0.expires)" }
        let text = "\(request.target) tls=\(request.peer.isTLS) \(shown ?? "nobody")"
        return HTTPResponse(status: 200, body: Array(text.utf8))
    }
}

extension TestCertificates {
    func configuration(_ name: String) -> TLSConfiguration {
        TLSConfiguration(certificateFile: certificate(name), keyFile: key(name))
    }
}

extension LoopbackServer {
    /// Returns once every loop has done what was submitted to it before.
    func settle() async {
        for loop in loops {
            await withCheckedContinuation { continuation in
                loop.submit { continuation.resume() }
            }
        }
    }
}
