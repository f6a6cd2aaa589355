import EventLoops
import Glibc
import MonotonicTime
import Synchronization
import TestKit
import Testing
import Upstreams

@testable import CurlClient

@Suite(.timeLimit(.minutes(2)))
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

    @Test("A call stays on the loop that makes it, any other one goes to the first")
    func loops() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("\(socket.index)") }
        defer { server.stop() }
        let loops = [try EventLoop(), try EventLoop()]
        let threads = loops.map { $0.start(name: "test-loop") }
        let transport = try CurlTransport(loops: loops, version: "test")
        func index(on loop: EventLoop?) async throws -> String {
            let task = Task(executorPreference: loop) {
                try await transport.get(server.url).body
            }
            return String(decoding: try await task.value, as: UTF8.self)
        }
        // Each loop has its own connection, which is the first call's.
        for _ in 0..<2 {
            #expect(try await index(on: nil) == "0")
            #expect(try await index(on: loops[1]) == "1")
            #expect(try await index(on: loops[0]) == "0")
        }
        transport.close()
        for loop in loops { loop.stop() }
        for thread in threads { thread.join() }
        #expect(server.acceptedCount == 2)
    }

    @Test("The same call again is a call of its own: its answer, its bound, its deadline")
    func sameCallAgain() async throws {
        let server = ScriptedServer { socket, server in
            while server.readRequest(socket) != nil {
                // The third request of all gets no answer.
                if server.requests.count == 3 { return socket.waitForEnd() }
                socket.answer("answer \(server.requests.count)")
            }
        }
        defer { server.stop() }
        let request = UpstreamRequest(
            method: "POST",
            url: server.url,
            fields: [UpstreamField("X-Field", "value")],
            body: Array("body".utf8)
        )
        try await withTransport { transport in
            for index in 1...2 {
                let response = try await transport.send(request)
                #expect(response.body == Array("answer \(index)".utf8))
            }
            let error = await #expect(throws: UpstreamError.self) {
                try await transport.send(request, within: .seconds(1))
            }
            #expect(error?.code == .deadlineExceeded)
            let response = try await transport.send(request)
            #expect(response.body == Array("answer 4".utf8))
            let short = TransportPolicy(bodyBytesMax: 3)
            let tooLarge = await #expect(throws: UpstreamError.self) {
                try await transport.send(request, policy: short, deadline: .now + .seconds(300))
            }
            #expect(tooLarge?.code == .answerTooLarge)
            #expect(try await transport.send(request).body == Array("answer 6".utf8))
        }
        #expect(Set(server.requests).count == 1)
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
                await settle { server.openCount == 0 }
            }
        }
        #expect(server.acceptedCount == 3)
    }

    @Test("A connection that has served several calls is parked, and replaced when it has ended")
    func parkedConnection() async throws {
        let waitCount = Atomic(0)
        let server = ScriptedServer { socket, server in
            for _ in 0..<3 {
                _ = server.readRequest(socket)
                // No answer before libcurl waits for it; else it need not wait at all.
                while waitCount.load(ordering: .acquiring) < server.requests.count { sched_yield() }
                socket.answer("\(socket.index)")
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            for index in 0..<9 {
                async let response = transport.get(server.url)
                await settle { await transport.onLoop({ $0.watches.count }) > 0 }
                await settle { server.requests.count > index }
                waitCount.add(1, ordering: .releasing)
                let body = try await response.body
                #expect(body == Array("\(index / 3)".utf8))
                if index % 3 == 1 { #expect(await transport.onLoop { $0.parkedCount } == 1) }
                if index % 3 == 2 { await settle { server.openCount == 0 } }
                #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
            }
        }
        #expect(server.acceptedCount == 3)
    }

    @Test("A transport that goes away with parked connections closes them, on whatever thread")
    func abandoned() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("ok") }
        defer { server.stop() }
        let loop = try EventLoop()
        let thread = loop.start(name: "test-loop")
        do {
            let transport = try CurlTransport(loop: loop, version: "test")
            for _ in 0..<4 { _ = try await transport.get(server.url) }
        }
        await settle { server.openCount == 0 }
        loop.stop()
        thread.join()
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
        let reports = Reports()
        let bodies = try await withTransport { transport in
            let observed = transport.observed(by: reports.add)
            return [try await observed.send(request).body, try await observed.send(request).body]
        }
        #expect(bodies == [Array("0".utf8), Array("1".utf8)])
        #expect(server.requests.count == 3)
        // The answer tells nothing of the request that was lost; the report does.
        #expect(reports.all.map(\.sendCount) == [1, 2])
        #expect(reports.all.allSatisfy { $0.status == 200 && $0.failure == nil })
    }

    @Test("However many kept connections have ended, a request is sent twice at most")
    func staleConnections() async throws {
        let arrived = Tally()
        let server = ScriptedServer { socket, server in
            // Five calls at once get a connection each; whatever comes then is read and not answered.
            guard server.readRequest(socket) != nil else { return }
            guard socket.index < 5 else { return }
            arrived.add()
            while arrived.count < 5 { sched_yield() }
            socket.answer("\(socket.index)")
            _ = server.readRequest(socket)
        }
        defer { server.stop() }
        try await withTransport { transport in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = try await transport.get(server.url) } }
                try await group.waitForAll()
            }
            let error = try await transport.failure(server.url)
            #expect(error.code == .connectionFailed && error.requestCount == 2)
            #expect(server.requests.count == 5 + 2)
            // One that must not be sent twice is not.
            var policy = TransportPolicy()
            policy.needsNewConnection = true
            let once = await #expect(throws: UpstreamError.self) {
                try await transport.send(
                    UpstreamRequest(url: server.url),
                    policy: policy,
                    deadline: .now + .seconds(300)
                )
            }
            #expect(once?.requestCount == 1 && server.requests.count == 5 + 3)
        }
    }

    @Test(
        "Bytes nobody asked for on a kept connection do not answer the next call",
        arguments: [1, 3],
    )
    func unaskedAnswer(after callCount: Int) async throws {
        let unasked = Atomic(0)
        let server = ScriptedServer { socket, server in
            while true {
                for _ in 0..<callCount {
                    guard server.readRequest(socket) != nil else { return }
                    socket.answer("asked")
                }
                socket.answer("unasked")
                unasked.add(1, ordering: .releasing)
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            for index in 1...4 {
                for _ in 0..<callCount {
                    let response = try await transport.get(server.url)
                    #expect(response.body == Array("asked".utf8))
                }
                await settle { unasked.load(ordering: .acquiring) >= index }
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
            await settle { !server.requests.isEmpty }
            transport.close()
            let error = try await outcome
            #expect(error == .closedTransport)
            await settle { server.openCount == 0 }
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
        await settle { server.openCount == 0 }
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
