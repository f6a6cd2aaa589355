import HTTPServing
import HTTPWire
import Synchronization
import TestKit
import Testing

@Suite("HTTPServer behaviour")
struct ServerBehaviourTests {
    @Test("HEAD gets the length of the content and no content")
    func head() async throws {
        try await LoopbackServer.with { server in
            let client = try server.connect()
            try client.send(
                "HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            let answer = try client.receiveAnswer(isHead: true)
            #expect(answer.head.contains("content-length: 10\r\n"))
            #expect(try client.receiveAnswer().body == "GET /b ")
        }
    }

    @Test("204 and 304 carry no content and never a content-length of it")
    func withoutContent() async throws {
        let responder = ClosureResponder { request in
            HTTPResponse(status: request.target == "/204" ? 204 : 304, body: Array("secret".utf8))
        }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET /204 HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try client.receive(through: "\r\n\r\n")
            #expect(first.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            #expect(!first.contains("content-length"))
            try client.send("GET /304 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.receive(through: "\r\n\r\n").contains("content-length: 6\r\n"))
        }
    }

    @Test("A client that waits for 100 Continue is told to go on, one that does not wait is not")
    func expectContinue() async throws {
        try await LoopbackServer.with { server in
            let client = try server.connect()
            let head =
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
            try client.send(head)
            #expect(try client.receiveAnswer().status == 100)
            try client.send("hi")
            #expect(try client.receiveAnswer().body == "POST / hi")
            try client.send(head + "ho")
            #expect(try client.receiveAnswer().body == "POST / ho")
        }
    }

    @Test("A client that waits with content over the limit gets 413 instead of 100")
    func expectTooLarge() async throws {
        try await LoopbackServer.with { server in
            let client = try server.connect()
            try client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n"
            )
            #expect(try client.receiveAnswer().status == 413)
        }
    }

    @Test("An early 413 reaches a client that is still sending megabytes")
    func earlyAnswer() async throws {
        var limits = ServerLimits()
        limits.lingerTime = .seconds(60)
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n")
            try client.send([UInt8](repeating: 0x61, count: 8_000_000))
            client.finishSending()
            let text = try client.receiveToEnd()
            #expect(text.hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            #expect(text.contains("\"status\":413"))
        }
    }

    @Test("An answer larger than the socket's buffer arrives whole at a slow reader")
    func largeAnswer() async throws {
        let body = [UInt8](repeating: 0x62, count: 20_000_000)
        let responder = ClosureResponder { _ in HTTPResponse(status: 200, body: body) }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try client.receiveToEnd().utf8.count > 20_000_000)
        }
    }

    @Test("A client that has ended its half still gets a late answer")
    func halfClosed() async throws {
        let gate = Gate()
        let arrived = Gate()
        let responder = ClosureResponder { _ in
            arrived.open()
            await gate.wait()
            return HTTPResponse(status: 200, body: Array("late".utf8))
        }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finishSending()
            await arrived.wait()
            await server.settle()
            gate.open()
            #expect(try client.receiveToEnd().hasSuffix("\r\n\r\nlate"))
        }
    }

    @Test("A connection that is reset cancels its request's task")
    func cancelled() async throws {
        let arrived = Gate()
        let ended = Gate()
        let responder = ClosureResponder { _ in
            arrived.open()
            await withTaskCancellationHandler {
                await Gate().wait()
            } onCancel: {
                ended.open()
            }
            return HTTPResponse(status: 200)
        }
        // The answer never comes; the task is let go with the test.
        let server = try LoopbackServer(responder: responder)
        let client = try server.connect()
        try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await arrived.wait()
        client.reset()
        await ended.wait()
        await server.end()
    }

    @Test("Bytes of answerAtOnce are sent as they are; nil goes the long way")
    func atOnce() async throws {
        try await LoopbackServer.with(responder: AtOnceResponder()) { server in
            let client = try server.connect()
            try client.send(
                "GET /fast HTTP/1.1\r\nHost: x\r\n\r\nGET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
            )
            #expect(try client.receiveAnswer().body == "at once")
            #expect(try client.receiveAnswer().body == "later")
            try client.send("GET /fast HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try client.receiveToEnd().hasSuffix("at once"))
        }
    }

    @Test("Whoever asks to close is told so, in an answer at once as in any other")
    func closing() async throws {
        try await LoopbackServer.with(responder: AtOnceResponder()) { server in
            for (target, body) in [("/fast", "at once"), ("/slow", "later")] {
                for head in [
                    "GET \(target) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    "GET \(target) HTTP/1.0\r\n\r\n",
                ] {
                    let client = try server.connect()
                    try client.send(head)
                    let text = try client.receiveToEnd()
                    #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    #expect(text.contains("\r\nconnection: close\r\n"), "\(head)")
                    #expect(text.hasSuffix("\r\n\r\n\(body)"))
                }
            }
            let client = try server.connect()
            try client.send("GET /fast HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try !client.receiveAnswer().head.contains("connection"))
        }
    }

    @Test("A head that comes again is answered by its bytes, alone and whole; any other is read")
    func again() async throws {
        var limits = ServerLimits()
        limits.requestsPerConnectionMax = 6
        try await LoopbackServer.with(limits: limits, responder: AgainResponder()) { server in
            let head = AgainResponder.head
            let client = try server.connect()
            for _ in 0..<2 {
                try client.send(head)
                #expect(try client.receiveAnswer().body == "again")
            }
            try client.send(head + head)
            #expect(try client.receiveAnswer().body == "later")
            #expect(try client.receiveAnswer().body == "later")
            try client.send(String(head.dropLast(3)))
            try client.send(String(head.suffix(3)))
            // Whether the two arrive as one is the kernel's affair.
            #expect(["again", "later"].contains(try client.receiveAnswer().body))
            try client.send(head)
            let last = try client.receiveToEnd()
            #expect(last.contains("connection: close"))
            #expect(last.hasSuffix("later"))
        }
    }

    @Test("The last request a connection may make is answered with connection: close")
    func requestCount() async throws {
        var limits = ServerLimits()
        limits.requestsPerConnectionMax = 2
        try await LoopbackServer.with(limits: limits) { server in
            let client = try server.connect()
            try client.send(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: 3))
            let text = try client.receiveToEnd()
            #expect(text.split(separator: "HTTP/1.1 200").count == 2)
            #expect(text.contains("connection: close"))
        }
    }

    @Test("An answer's fields cannot be used to split it")
    func splitting() async throws {
        let responder = ClosureResponder { _ in
            HTTPResponse(
                status: 200,
                fields: [
                    HTTPField("x", "a\r\ny: b\r\n\r\nHTTP/1.1 200 OK"), HTTPField("bad name", "c"),
                    HTTPField("Content-Length", "99"),
                ],
            )
        }
        try await LoopbackServer.with(responder: responder) { server in
            let client = try server.connect()
            try client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let text = try client.receiveToEnd()
            #expect(text.contains("x: a  y: b    HTTP/1.1 200 OK\r\n"))
            #expect(!text.contains("bad name"))
            #expect(text.contains("content-length: 0\r\n"))
            #expect(!text.contains("99"))
        }
    }

    @Test("What is no listen address is refused")
    func invalidAddress() throws {
        for address in [
            "", "nonsense", "127.0.0.1", "127.0.0.1:99999", "::1:80", "[::1]80", "256.1.1.1:0",
        ] {
            #expect(throws: ServerError.self, "\(address)") { try BoundAddress(address) }
        }
        #expect(try BoundAddress("[::1]:8080").description == "[::1]:8080")
        #expect(try BoundAddress("localhost:1").host == "127.0.0.1")
    }
}

/// Knows one head by heart.
private struct AgainResponder: Responder {
    static let head = "GET /again HTTP/1.1\r\nHost: x\r\n\r\n"

    func answerAgain(
        _ bytes: Span<UInt8>,
        from address: String,
        isTLS: Bool,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        guard bytes.withUnsafeBufferPointer({ $0.elementsEqual(Self.head.utf8) }) else {
            return false
        }
        send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nagain".utf8.span)
        return true
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(status: 200, body: Array("later".utf8))
    }
}

private struct AtOnceResponder: Responder {
    func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        guard head.methodIs("GET"), head.targetText == "/fast" else { return false }
        send("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nat once".utf8.span)
        return true
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(status: 200, body: Array("later".utf8))
    }
}
