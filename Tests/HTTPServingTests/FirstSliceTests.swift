import HTTPServing
import HTTPWire
import Synchronization
import TestKit
import Testing

@Suite("The first slice of a task")
struct FirstSliceTests {
    @Test(
        "Whoever comes in the same turn finds the places taken, and is refused ahead of those who wait"
    )
    func order() async throws {
        let responder = TwoPlaces()
        let server = try LoopbackServer(responder: responder, isRunning: false)
        let clients = try (0..<5).map { _ in try server.connect() }
        for client in clients { try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        server.run()
        var refused: [RawClient] = []
        for client in clients.dropFirst(2) {
            #expect(try client.receiveAnswer().status == 503)
            refused.append(client)
        }
        responder.open()
        for client in clients.prefix(2) { #expect(try client.receiveAnswer().status == 200) }
        for client in refused {
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.receiveAnswer().status == 200)
        }
        #expect(responder.events == ["in", "in", "full", "full", "full", "out", "out"])
        await server.end()
    }

    @Test("Answers that need no wait come in order on a connection that asks for many at a time")
    func pipeline() async throws {
        let server = try LoopbackServer(responder: Echo())
        let client = try server.connect()
        let count = 2_000
        try client.send(
            (0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
                + "GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        let text = try client.receiveToEnd()
        let bodies = text.split(separator: "HTTP/1.1 ").map {
            $0.split(separator: "\r\n\r\n").last ?? ""
        }
        #expect(bodies == (0..<count).map { "/\($0)" } + ["/end"])
        await server.end()
    }
}

/// Lets two wait, and refuses others at once where it finds two waiting; once open, answers without a wait.
private final class TwoPlaces: Responder {
    let gate = Gate()
    private let state = Mutex((isOpen: false, events: [String]()))

    var events: [String] { state.withLock { $0.events } }

    func open() {
        state.withLock { $0.isOpen = true }
        gate.open()
    }

    func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        let isFull = state.withLock { state in
            let isFull = !state.isOpen && state.events.count(where: { $0 == "in" }) == 2
            if isFull { state.events.append("full") }
            return isFull
        }
        if isFull { send("HTTP/1.1 503 Full\r\ncontent-length: 0\r\n\r\n".utf8.span) }
        return isFull
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let isOpen = state.withLock { state in
            if !state.isOpen { state.events.append("in") }
            return state.isOpen
        }
        if !isOpen {
            await gate.wait()
            state.withLock { $0.events.append("out") }
        }
        return HTTPResponse(status: 200)
    }
}

private final class Echo: Responder {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(status: 200, body: Array(request.target.utf8))
    }
}
