import EventLoops
import TestKit
import Testing
import Upstreams

@testable import CurlClient

@Suite(.timeLimit(.minutes(2)))
struct BoundsTests {
    @Test("A body of exactly the bound arrives, one byte more does not", arguments: [99, 100, 101])
    func bodyBound(byteCount: Int) async throws {
        try await expectBound(byteCount, "Content-Length: \(byteCount)\r\n\r\n")
    }

    @Test("A body without a length is bounded, too", arguments: [99, 100, 101])
    func unannouncedBodyBound(byteCount: Int) async throws {
        try await expectBound(byteCount, "Connection: close\r\n\r\n")
    }

    private func expectBound(_ byteCount: Int, _ framing: String) async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.1 200 OK\r\n\(framing)\(String(repeating: "x", count: byteCount))")
        }
        defer { server.stop() }
        let policy = TransportPolicy(bodyBytesMax: 100)
        try await withTransport { transport in
            if byteCount <= 100 {
                let response = try await transport.get(server.url, policy: policy)
                #expect(response.body.count == byteCount)
            } else {
                let error = try await transport.failure(server.url, policy: policy)
                #expect(error.code == .answerTooLarge)
                #expect(error.message.contains("100 bytes"))
            }
        }
    }

    @Test("An endless body ends at the bound and its connection with it")
    func endlessBody() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.1 200 OK\r\n\r\n")
            let part = [UInt8](repeating: 0x20, count: 65_536)
            while socket.write(part) {}
        }
        defer { server.stop() }
        try await withTransport { transport in
            let policy = TransportPolicy(bodyBytesMax: 1 << 20)
            let error = try await transport.failure(server.url, policy: policy)
            #expect(error.code == .answerTooLarge)
            await settle { server.openCount == 0 }
        }
    }

    @Test("The bound counts decompressed bytes", arguments: [22, 23])
    func decompressedBound(bytesMax: Int) async throws {
        let server = ScriptedServer.answering { socket, _ in
            socket.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n")
            socket.write("Transfer-Encoding: chunked\r\n\r\n")
            for byte in gzipOfHello {
                socket.write(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
            }
            socket.write("0\r\n\r\n")
        }
        defer { server.stop() }
        try await withTransport { transport in
            let policy = TransportPolicy(bodyBytesMax: bytesMax)
            if bytesMax == 22 {
                let error = try await transport.failure(server.url, policy: policy)
                #expect(error.code == .answerTooLarge)
            } else {
                let response = try await transport.get(server.url, policy: policy)
                #expect(response.body.count == 23)
            }
        }
    }

    @Test("As many header fields as the bound arrive, one more does not", arguments: [19, 20, 21])
    func fieldCountBound(fieldCount: Int) async throws {
        let server = ScriptedServer.answering { socket, _ in
            let others = (1..<fieldCount).map { "X-\($0): y\r\n" }.joined()
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(others)\r\n")
        }
        defer { server.stop() }
        try await withTransport(limits: CurlTransportLimits(headFieldCountMax: 20)) { transport in
            if fieldCount <= 20 {
                let response = try await transport.get(server.url)
                #expect(response.fields.count == fieldCount)
            } else {
                let error = try await transport.failure(server.url)
                #expect(error.code == .answerTooLarge)
                #expect(error.message.contains("20 fields"))
            }
        }
    }

    @Test("A head of exactly the bound arrives, one byte more does not", arguments: [99, 100, 101])
    func headBytesBound(byteCount: Int) async throws {
        let server = ScriptedServer.answering { socket, _ in
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: \r\n\r\n"
            let filler = String(repeating: "y", count: byteCount - head.utf8.count)
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: \(filler)\r\n\r\n")
        }
        defer { server.stop() }
        try await withTransport(limits: CurlTransportLimits(headBytesMax: 100)) { transport in
            if byteCount <= 100 {
                let response = try await transport.get(server.url)
                #expect(response.status == 200)
            } else {
                let error = try await transport.failure(server.url)
                #expect(error.code == .answerTooLarge)
            }
        }
    }

    @Test(
        "An endless head ends at its bound, whatever it repeats",
        arguments: ["X: y\r\n", "HTTP/1.1 103 Early Hints\r\n\r\n", "yyyyyyyyyyyyyyyyyyyyyyyyy"]
    )
    func endlessHead(part: String) async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.1 103 Early Hints\r\nX: ")
            let parts = String(repeating: part, count: 1_000)
            while socket.write(parts) {}
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .answerTooLarge)
    }
}
