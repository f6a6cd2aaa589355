import EventLoops
import Glibc
import Testing
import Upstreams

@testable import CurlClient

struct TLSTests {
    @Test("A certificate of a trusted authority is accepted, and the connection is reused")
    func trusted() async throws {
        let certificate = TestCertificate()
        let server = answering(certificate)
        defer { server.stop() }
        let reports = Reports()
        try await withTransport { transport in
            let policy = TransportPolicy(authorities: certificate.bundle)
            for _ in 0..<2 {
                let observed = transport.observed(by: reports.add)
                let response = try await observed.get(secureURL(server), policy: policy)
                #expect(response.body == Array("safe".utf8))
            }
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(server.acceptedCount == 1)
        #expect(reports.all.map(\.isConnectionReused) == [false, true])
        #expect(reports.all.map(\.protocolVersion) == [.http11, .http11])
        #expect(reports.all.first.map { $0.secured > .zero && $0.secured <= $0.total } == true)
    }

    @Test("Authorities that took the place of others in a file are trusted at once, those no more")
    func replaced() async throws {
        let (certificate, other) = (TestCertificate(), TestCertificate())
        let server = answering(certificate)
        defer { server.stop() }
        let file = certificate.bundle.file
        try await withTransport { transport in
            for bundle in [certificate.bundle, other.bundle, certificate.bundle] {
                let policy = TransportPolicy(
                    authorities: AuthorityBundle(file: file, pem: bundle.pem)
                )
                if bundle == other.bundle {
                    let error = try await transport.failure(secureURL(server), policy: policy)
                    #expect(error.code == .tlsFailed)
                } else {
                    let response = try await transport.get(secureURL(server), policy: policy)
                    #expect(response.body == Array("safe".utf8))
                }
            }
        }
    }

    @Test("HTTP/2 is spoken where it is offered, and calls at once share its connection")
    func http2() async throws {
        let certificate = TestCertificate()
        let server = ScriptedServer { socket, _ in
            TestTLS(socket, certificate, http2: true)?.serveHTTP2("two")
        }
        defer { server.stop() }
        let reports = Reports()
        try await withTransport { transport in
            let policy = TransportPolicy(authorities: certificate.bundle)
            let observed = transport.observed(by: reports.add)
            let url = secureURL(server)
            _ = try await observed.get(url, policy: policy)
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<8 {
                    group.addTask { try await observed.get(url, policy: policy).body }
                }
                for try await body in group { #expect(body == Array("two".utf8)) }
            }
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(server.acceptedCount == 1)
        #expect(reports.all.count == 9)
        #expect(reports.all.allSatisfy { $0.protocolVersion == .http2 && $0.status == 200 })
    }

    @Test("A certificate of an unknown authority is refused")
    func unknownAuthority() async throws {
        let certificate = TestCertificate()
        try await expectRefusal(certificate, trusting: nil, "authority")
        try await expectRefusal(certificate, trusting: TestCertificate(), "authority")
    }

    @Test("An expired certificate is refused, although its authority is trusted")
    func expired() async throws {
        let certificate = TestCertificate(lastDay: -1)
        try await expectRefusal(certificate, trusting: certificate, "expired")
    }

    @Test("A certificate for another name is refused, although its authority is trusted")
    func otherName() async throws {
        let certificate = TestCertificate(address: [127, 0, 0, 2])
        try await expectRefusal(certificate, trusting: certificate, "another host name")
    }

    @Test("A file of authorities that is not there fails the call and says so")
    func missingFile() async throws {
        let server = answering(TestCertificate())
        defer { server.stop() }
        let policy = TransportPolicy(
            authorities: AuthorityBundle(file: "/nonexistent/secret-place.pem", pem: [])
        )
        let error = try await withTransport {
            try await $0.failure(secureURL(server), policy: policy)
        }
        #expect(error.code == .tlsFailed)
        #expect(error.message.contains("trusted authorities"))
        #expect(!error.message.contains("secret-place"))
    }

    @Test("A peer that speaks no TLS is named so")
    func plainText() async throws {
        let server = ScriptedServer { socket, _ in
            socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            socket.waitForEnd()
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(secureURL(server)) }
        #expect(error.code == .tlsFailed)
        #expect(error.message.contains("does not speak TLS"))
    }

    @Test("A handshake that breaks off may be tried again", arguments: [true, false])
    func brokenHandshake(isReset: Bool) async throws {
        let server = ScriptedServer { socket, _ in
            _ = socket.read()
            if isReset { socket.closeWithReset() }
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(secureURL(server)) }
        #expect(error.code == .tlsFailed)
        #expect(error.isRetryable)
        #expect(error.message.contains("closed the connection"))
    }

    @Test("A handshake that stalls ends at the deadline, and the message says where")
    func stalledHandshake() async throws {
        let server = ScriptedServer { socket, _ in socket.waitForEnd() }
        defer { server.stop() }
        let error = try await withTransport {
            try await $0.failure(secureURL(server), within: .milliseconds(1_000))
        }
        #expect(error.code == .deadlineExceeded)
        #expect(error.message.contains("TLS handshake"))
    }

    @Test("A connection that does not stand within the connect timeout ends there")
    func connectTimeout() async throws {
        let server = ScriptedServer { socket, _ in socket.waitForEnd() }
        defer { server.stop() }
        let limits = CurlTransportLimits(connectTimeout: .milliseconds(50))
        // The loop's own measure: when this test is resumed is up to how busy the machine is.
        let reports = Reports()
        let error = try await withTransport(limits: limits) {
            try await $0.observed(by: reports.add).failure(secureURL(server))
        }
        #expect(error.code == .deadlineExceeded)
        #expect(try #require(reports.all.first).total < .seconds(10))
    }

    private func expectRefusal(
        _ certificate: TestCertificate,
        trusting trusted: TestCertificate?,
        _ why: String
    ) async throws {
        let server = answering(certificate)
        defer { server.stop() }
        let policy = TransportPolicy(authorities: trusted?.bundle)
        let error = try await withTransport {
            try await $0.failure(secureURL(server), policy: policy)
        }
        #expect(error.code == .tlsFailed)
        #expect(!error.isRetryable)
        #expect(error.message.contains(why))
        #expect(server.requests.isEmpty)
    }

    private func answering(_ certificate: TestCertificate) -> ScriptedServer {
        ScriptedServer { socket, _ in
            guard let tls = TestTLS(socket, certificate) else { return }
            while tls.readRequest() != nil {
                tls.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe".utf8))
            }
        }
    }

    private func secureURL(_ server: ScriptedServer) -> String {
        "https://127.0.0.1:\(server.port)/"
    }
}
