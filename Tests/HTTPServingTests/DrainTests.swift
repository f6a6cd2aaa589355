import EventLoops
import HTTPServing
import HTTPWire
import Synchronization
import TestKit
import Testing

@Suite("Draining an HTTPServer", .serialized)
struct DrainTests {
    @Test("A drain answers what is in flight with connection: close, then refuses connections")
    func inFlight() async throws {
        let gate = Gate()
        let arrived = Gate()
        let responder = ClosureResponder { _ in
            arrived.open()
            await gate.wait()
            return HTTPResponse(status: 200, body: Array("done".utf8))
        }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await arrived.wait()
            let drain = server.beginDrain(within: .seconds(60))
            gate.open()
            let text = try client.receiveToEnd()
            #expect(text.hasSuffix("done"))
            #expect(await drain.value.abortedConnectionCount == 0)
            #expect(throws: RawClient.Failure.self) { try server.connect() }
        }
    }

    @Test("Connections the kernel had accepted before a drain are served, none is reset")
    func acceptQueue() async throws {
        // The loop does not run yet, so these connections stay in the accept queue until the drain.
        let server = try LoopbackServer(isRunning: false)
        let clients = try (0..<20).map { _ in try server.connect() }
        for client in clients { try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        let drain = server.beginDrain(within: .seconds(60))
        server.run()
        for client in clients {
            let text = try client.receiveToEnd()
            #expect(text.contains("connection: close") && text.hasSuffix("GET / "))
        }
        #expect(await drain.value.abortedConnectionCount == 0)
        await server.end()
    }

    @Test("An idle connection does not hold a drain up, but may send one more request")
    func idle() async throws {
        var limits = ServerLimits()
        limits.drainIdleTime = .milliseconds(20)
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receiveAnswer()
            let outcome = await server.server.drain(within: .seconds(60))
            #expect(outcome.abortedConnectionCount == 0)
            #expect(try client.receiveSome().isEmpty)
        }
    }

    @Test("A request that comes after a drain began is answered, the connection's first one or not")
    func requestsAfter() async throws {
        var limits = ServerLimits.patient
        limits.drainIdleTime = limits.idleTime
        try await LoopbackServer.with(limits: limits) { server in
            let clients = [try server.connect(), try server.connect()]
            try clients[0].send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try clients[0].receiveAnswer().body == "GET /1 ")
            let drain = server.beginDrain(within: .seconds(60))
            // Whoever is refused knows that it has begun.
            while (try? server.connect()) != nil {}
            for client in clients {
                try client.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n")
                let text = try client.receiveToEnd()
                #expect(text.contains("connection: close") && text.hasSuffix("GET /2 "))
                client.finishSending()
            }
            #expect(await drain.value.abortedConnectionCount == 0)
        }
    }

    @Test("A drain ends at its deadline and says how many connections it cut")
    func deadline() async throws {
        let arrived = Gate()
        let never = Gate()
        let responder = ClosureResponder { _ in
            arrived.open()
            await never.wait()
            return HTTPResponse(status: 200)
        }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await arrived.wait()
            let drain = server.beginDrain(within: .milliseconds(20))
            #expect(await drain.value.abortedConnectionCount == 1)
            never.open()
            withExtendedLifetime(client) {}
        }
    }

    /// Answers when its task is cancelled, and says whether a drain was why.
    private final class LateResponder: Responder {
        let arrived = Gate()
        private let cancelled = Gate()
        private let ended = Atomic(false)

        func drainEnds() { ended.store(true, ordering: .relaxed) }

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            arrived.open()
            await withTaskCancellationHandler {
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return HTTPResponse(status: ended.load(ordering: .relaxed) ? 503 : 499)
        }
    }

    @Test("A request that still waits at the deadline of a drain is answered")
    func lateAnswer() async throws {
        let responder = LateResponder()
        var limits = ServerLimits.patient
        limits.drainAnswerTime = .seconds(3_600)
        limits.drainIdleTime = .seconds(3_600)
        try await LoopbackServer.with(limits: limits, responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await responder.arrived.wait()
            let silent = try server.connect()
            try silent.send("GET / HT")
            let drain = server.beginDrain(within: .milliseconds(20))
            let text = try client.receiveToEnd()
            #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("connection: close"))
            client.finishSending()
            #expect(await drain.value.abortedConnectionCount == 2)
        }
    }

    @Test("A server that was never started is drained at once")
    func unstarted() async throws {
        let server = HTTPServer(
            configuration: HTTPServer.Configuration(address: "127.0.0.1:0"),
            loops: [try .init()],
            makeResponder: { _ in EchoResponder() },
        )
        #expect(await server.drain(within: .seconds(60)).abortedConnectionCount == 0)
    }
}
