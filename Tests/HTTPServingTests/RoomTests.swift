import HTTPWire
import MonotonicTime
import Synchronization
import TestKit
import Testing

@testable import HTTPServing

@Suite("Room for one more connection")
struct RoomTests {
    private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    private func limits(_ count: Int) -> ServerLimits {
        var limits = ServerLimits.patient
        limits.connectionsPerLoopMax = count
        return limits
    }

    private func ask(_ client: RawClient) throws -> Int {
        try client.send(Self.request)
        return try client.receiveAnswer().status
    }

    private final class Displaced: ServerEvents {
        let count = Atomic<Int>(0)
        let refusals = Atomic<Int>(0)

        func connectionDisplaced(peer: HTTPPeer) { count.add(1, ordering: .relaxed) }
        func refused(_ refusal: RequestRefusal, peer: HTTPPeer) {
            refusals.add(1, ordering: .relaxed)
        }
    }

    @Test("The connection that has been silent longest makes room, used before or not")
    func silent() async throws {
        let events = Displaced()
        try await LoopbackServer.with(limits: limits(3), events: events) { server in
            let clients = [try server.connect(), try server.connect(), try server.connect()]
            for client in clients { #expect(try ask(client) == 200) }
            // Now the second one has been silent longest.
            #expect(try ask(clients[0]) == 200)
            #expect(try ask(clients[2]) == 200)
            #expect(try ask(clients[0]) == 200)
            let newcomer = try server.connect()
            try #require(try ask(newcomer) == 200)
            #expect(try clients[1].receiveToEnd() == "")
            for client in [clients[0], clients[2], newcomer] { #expect(try ask(client) == 200) }
            #expect(events.count.load(ordering: .relaxed) == 1)
            #expect(events.refusals.load(ordering: .relaxed) == 0)
        }
    }

    @Test("However many say nothing at all, who comes and asks is served")
    func crowd() async throws {
        let events = Displaced()
        try await LoopbackServer.with(limits: limits(4), events: events) { server in
            var crowd: [RawClient] = []
            for _ in 0..<5 {
                for _ in 0..<10 { crowd.append(try server.connect()) }
                try #require(try ask(try server.connect()) == 200)
            }
            #expect(try crowd[0].receiveToEnd() == "")
            #expect(events.refusals.load(ordering: .relaxed) == 0)
        }
    }

    @Test("A handshake that never begins makes room, too")
    func handshakes() async throws {
        let certificates = try TestCertificates()
        try certificates.make("first")
        let tls = certificates.configuration("first")
        try await LoopbackServer.with(limits: limits(2), tls: tls) { server in
            let crowd = [try server.connect(), try server.connect(), try server.connect()]
            let client = try TLSClient(port: server.address.port)
            try client.send(Self.request)
            #expect(try client.receiveAnswer().status == 200)
            #expect(try crowd[0].receiveToEnd() == "")
        }
    }

    /// Answers when it is let; `/` at once.
    private struct Held: Responder {
        let arrived = Gate()
        let gate = Gate()

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            if request.target != "/" {
                arrived.open()
                await gate.wait()
            }
            return HTTPResponse(status: 200)
        }
    }

    /// One whose request waits for its answer, and two whose requests have begun, a head and content, which the server may
    /// not have looked at.
    private func busyClients(
        of server: LoopbackServer,
        _ held: Held
    ) async throws -> (waiting: RawClient, halves: [RawClient]) {
        let waiting = try server.connect()
        try waiting.send("GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
        await held.arrived.wait()
        let halves = [try server.connect(), try server.connect()]
        for half in halves { #expect(try ask(half) == 200) }
        try halves[0].send("GET / HTTP/1.1\r\n")
        try halves[1].send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na")
        return (waiting, halves)
    }

    @Test("Requests under way are never ended: the newcomer is told, and they are answered")
    func busy() async throws {
        let held = Held()
        let events = Displaced()
        let limits = limits(3)
        try await LoopbackServer.with(limits: limits, events: events, responder: held) { server in
            let (waiting, halves) = try await busyClients(of: server, held)
            for _ in 0..<3 {
                let answer = try server.connect().receiveToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 503 "))
                #expect(answer.contains("\r\nretry-after: 1\r\n"))
            }
            held.gate.open()
            try halves[0].send("Host: x\r\n\r\n")
            try halves[1].send("b")
            for client in [waiting] + halves {
                #expect(try client.receiveAnswer().status == 200)
            }
            #expect(events.count.load(ordering: .relaxed) == 0)
            #expect(try ask(try server.connect()) == 200)
            #expect(events.count.load(ordering: .relaxed) == 1)
        }
    }

    @Test("Heads and content that trickle make room, whose request is here does not")
    func stalled() async throws {
        let held = Held()
        let events = Displaced()
        var limits = limits(3)
        limits.stallTime = .zero
        try await LoopbackServer.with(limits: limits, events: events, responder: held) { server in
            let (waiting, halves) = try await busyClients(of: server, held)
            var newcomers: [RawClient] = []
            for _ in halves {
                newcomers.append(try server.connect())
                try #require(try ask(newcomers[newcomers.count - 1]) == 200)
            }
            for half in halves { #expect(try half.receiveToEnd() == "") }
            held.gate.open()
            #expect(try waiting.receiveAnswer().status == 200)
            #expect(events.count.load(ordering: .relaxed) == 2)
            #expect(events.refusals.load(ordering: .relaxed) == 0)
        }
    }

    @Test("A request that arrives together with a newcomer is answered before its connection ends")
    func together() async throws {
        let server = try LoopbackServer(limits: limits(1), isRunning: false)
        let clients = try (0..<20).map { _ in try server.connect() }
        for client in clients { try client.send(Self.request) }
        // All are accepted in one turn, before the loop is told of any request.
        server.run()
        for client in clients { #expect(try client.receiveAnswer().status == 200) }
        for client in clients.dropLast() { #expect(try client.receiveToEnd() == "") }
        #expect(try ask(clients[19]) == 200)
        await server.end()
    }

    @Test("Many who come at the same moment are no reason to refuse one")
    func burst() async throws {
        let events = Displaced()
        let server = try LoopbackServer(limits: limits(8), events: events, isRunning: false)
        // All of them wait before the loop begins, and are taken in one turn.
        let crowd = try (0..<50).map { _ in try server.connect() }
        let client = try server.connect()
        try client.send(Self.request)
        server.run()
        try #require(try client.receiveAnswer().status == 200)
        #expect(try crowd[0].receiveToEnd() == "")
        #expect(events.refusals.load(ordering: .relaxed) == 0)
        await server.end()
    }

    @Test("Each is named once, the longest silent first, and looks have pauses between them")
    func order() {
        let start = MonotonicClock.now
        var spare = SpareConnections()
        #expect(spare.mayLook(count: 1_000, now: start))
        let entries = [5, 3, 9, 1].map {
            SpareConnections.Entry(descriptor: $0, since: start + .seconds(Int($0)))
        }
        spare.looked(entries, count: 1_000, now: start)
        var found: [Int32] = []
        while let entry = spare.popFirst() { found.append(entry.descriptor) }
        #expect(found == [1, 3, 5, 9])
        #expect(!spare.mayLook(count: 1_000, now: start + .microseconds(999)))
        #expect(spare.mayLook(count: 1_000, now: start + .microseconds(1_000)))
        // Five have asked, the one in vain among them; a hundred and twenty-five pay for a look.
        for _ in 0..<120 {
            #expect(!spare.mayLook(count: 1_000, now: start))
            #expect(spare.popFirst() == nil)
        }
        #expect(spare.mayLook(count: 1_000, now: start))
    }
}
