import EventLoops
import Glibc
import Synchronization
import Testing
import Upstreams

@testable import CurlClient

struct ConnectionTests {
    @Test("Two calls in a row share one connection")
    func reuse() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("ok") }
        defer { server.stop() }
        let reports = Reports()
        try await withTransport { transport in
            let observed = transport.observed(by: reports.add)
            _ = try await observed.get(server.url + "/1")
            _ = try await observed.get(server.url + "/2")
        }
        #expect(server.acceptedCount == 1)
        #expect(server.requests.count == 2)
        #expect(reports.all.map(\.isConnectionReused) == [false, true])
    }

    @Test("A connection that was closed while idle is replaced")
    func closedWhileIdle() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.answer("\(socket.index)")
        }
        defer { server.stop() }
        try await withTransport { transport in
            for index in 0..<3 {
                let response = try await transport.get(server.url)
                #expect(response.body == Array("\(index)".utf8))
                while server.openCount > 0 { await Task.yield() }
            }
        }
        #expect(server.acceptedCount == 3)
    }

    @Test(
        "A request lost on a stale connection is sent again on a new one",
        arguments: ["GET", "POST"]
    )
    func staleConnection(method: String) async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.answer("\(socket.index)")
            if socket.index == 0 {
                // Reads the second request and closes on it.
                _ = server.readRequest(socket)
            } else {
                socket.waitForEnd()
            }
        }
        defer { server.stop() }
        let request = UpstreamRequest(method: method, url: server.url)
        let bodies = try await withTransport { transport in
            [try await transport.send(request).body, try await transport.send(request).body]
        }
        #expect(bodies == [Array("0".utf8), Array("1".utf8)])
        #expect(server.requests.count == 3)
    }

    @Test("Bytes nobody asked for on a kept connection do not answer the next call")
    func unaskedAnswer() async throws {
        let unasked = Atomic(0)
        let server = ScriptedServer { socket, server in
            while server.readRequest(socket) != nil {
                socket.answer("asked")
                socket.answer("unasked")
                unasked.add(1, ordering: .releasing)
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            for index in 1...4 {
                let response = try await transport.get(server.url)
                #expect(response.body == Array("asked".utf8))
                while unasked.load(ordering: .acquiring) < index { await Task.yield() }
            }
        }
        #expect(server.acceptedCount == 4)
    }

    @Test("Nothing can wake the loop once the calls have ended, though connections stay open")
    func idle() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("ok") }
        defer { server.stop() }
        try await withTransport { transport in
            for _ in 0..<3 { _ = try await transport.get(server.url) }
            // What is left over from the last call may take one turn more.
            let count = await transport.onLoop { $0.wakeUpSourceCount }
            #expect(count == 0)
            #expect(server.openCount == 1)
        }
    }

    @Test("Closing the transport ends the calls under way and closes every connection")
    func close() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            async let outcome = transport.failure(server.url)
            while server.requests.isEmpty { await Task.yield() }
            transport.close()
            let error = try await outcome
            #expect(error == .closedTransport)
            while server.openCount > 0 { await Task.yield() }
            let later = try await transport.failure(server.url)
            #expect(later == .closedTransport)
        }
    }

    @Test("Many calls at once, failed ones among them, leave no descriptor behind")
    func descriptorBalance() async throws {
        let server = ScriptedServer.answering { socket, request in
            if request.contains("/drop") {
                shutdown(socket.descriptor, Int32(SHUT_RDWR))
            } else {
                socket.answer("ok")
            }
        }
        defer { server.stop() }
        let loop = try EventLoop()
        let thread = loop.start(name: "test-loop")
        let before = openDescriptors(to: server.port)
        let transport = try CurlTransport(loop: loop, version: "test")
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<60 {
                let url = server.url + (index % 3 == 0 ? "/drop" : "/keep")
                group.addTask { _ = try? await transport.get(url) }
            }
        }
        transport.close()
        loop.stop()
        thread.join()
        while server.openCount > 0 { await Task.yield() }
        #expect(before == 0)
        #expect(openDescriptors(to: server.port) == 0)
    }
}

/// Descriptors of this process whose peer is that port of loopback.
private func openDescriptors(to port: UInt16) -> Int {
    (0..<1024).count { descriptor in
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getpeername(Int32(descriptor), $0, &length)
            }
        }
        return result == 0 && address.sin_family == sa_family_t(AF_INET)
            && UInt16(bigEndian: address.sin_port) == port
    }
}

/// Gathers reports from the loop's thread.
final class Reports: Sendable {
    private let gathered = Mutex<[CurlCallReport]>([])

    var all: [CurlCallReport] { gathered.withLock { $0 } }

    @Sendable func add(_ report: CurlCallReport) {
        gathered.withLock { $0.append(report) }
    }
}
