import EventLoops
import HTTPServing
import HTTPWire
import MonotonicTime
import Synchronization
import TestKit
import Testing

@Suite("Deadlines of HTTPServer")
struct DeadlineTests {
    @Test("A head that drips is ended in total time, with 408, however steadily it drips")
    func drippingHead() async throws {
        var limits = ServerLimits()
        limits.headTime = .milliseconds(60)
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            let start = MonotonicClock.now
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n")
            // Drips until the server has had enough; each byte would renew a deadline per read.
            while MonotonicClock.now - start < .seconds(60) {
                guard (try? client.send("X")) != nil, try client.isSilent(milliseconds: 5) else {
                    break
                }
            }
            #expect(try client.receiveToEnd().hasPrefix("HTTP/1.1 408 "))
            #expect(MonotonicClock.now - start < .seconds(60))
        }
    }

    @Test("Content that does not come is ended with 408")
    func silentBody() async throws {
        var limits = ServerLimits()
        limits.bodyTime = .milliseconds(30)
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
            #expect(try client.receiveToEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test("An idle connection is closed without a word")
    func idle() async throws {
        var limits = ServerLimits()
        limits.idleTime = .milliseconds(30)
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            #expect(try client.receiveToEnd().isEmpty)
            let used = try server.connect()
            try used.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try used.receiveToEnd().hasSuffix("GET / "))
        }
    }

    @Test("A client that does not read is cut off, and told of")
    func unreadAnswer() async throws {
        var limits = ServerLimits()
        limits.writeTime = .milliseconds(30)
        limits.writeBytesPerSecondMin = 1_000_000_000
        let events = RecordingEvents()
        let responder = ClosureResponder { _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 0x63, count: 30_000_000))
        }
        try await LoopbackServer.with(limits: limits, events: events, responder: responder) {
            server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await events.aborted.wait()
            withExtendedLifetime(client) {}
        }
        #expect(events.opened.count == events.closed.count)
    }

    @Test("Of unread answers that are too many bytes the one that has waited longest goes")
    func unreadAnswers() async throws {
        let length = 30_000_000
        var limits = ServerLimits.patient
        limits.unsentBytesPerLoopMax = 3 * length - 1
        let events = RecordingEvents()
        let responder = ClosureResponder { _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 0x63, count: length))
        }
        try await LoopbackServer.with(limits: limits, events: events, responder: responder) {
            server in
            let clients = try (0..<3).map { _ in try server.connect() }
            for client in clients {
                try client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                #expect(try client.receiveSome(1).count == 1)
            }
            await events.aborted.wait()
            // The first is cut off; the others get theirs, and what they took is free for the next.
            let received = try clients.map { try $0.receiveToEnd().utf8.count }
            #expect(received[0] < length && received[1] > length && received[2] > length)
            let next = try server.connect()
            try next.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try next.receiveToEnd().utf8.count > length)
        }
    }

    @Test("A connection without anything due makes no turns of its loop")
    func noWakeUps() async throws {
        // However long a busy machine takes.
        var limits = ServerLimits()
        limits.idleTime = .seconds(3_600)
        try await LoopbackServer.with(loopCount: 2, limits: limits) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receiveAnswer()
            await server.settle()
            let before = server.loops.map(\.turnCount)
            #expect(try client.isSilent(milliseconds: 50))
            let after = server.loops.map(\.turnCount)
            // The turn in which `settle` came may end after it reported.
            #expect(zip(before, after).allSatisfy { $1 - $0 <= 1 })
        }
    }
}

final class RecordingEvents: ServerEvents {
    let opened = Tally()
    let closed = Tally()
    let aborted = Gate()
    let refusals = Mutex<[RequestRefusal]>([])

    func connectionOpened() { opened.add() }
    func connectionClosed() { closed.add() }
    func answerAborted(peer: HTTPPeer) { aborted.open() }
    func refused(_ refusal: RequestRefusal, peer: HTTPPeer) {
        refusals.withLock { $0.append(refusal) }
    }
}
