import Glibc
import HTTPServing
import HTTPWire
import MonotonicTime
import Synchronization
import TestKit
import Testing

@Suite("Answers that leave together")
struct GatheredAnswersTests {
    @Test("Answers of one turn leave eight at a time, the last one by itself")
    func eight() async throws {
        let responder = WatchingResponder()
        let server = try LoopbackServer(responder: responder, isRunning: false)
        let clients = try (0..<12).map { _ in try server.connect() }
        responder.watch(clients)
        for client in clients { try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        #expect(clients.allSatisfy(hasArrived))
        server.run()
        // Whoever reads earlier takes away what the responder looks for.
        await responder.isDone.wait()
        for client in clients { #expect(try client.receiveAnswer().body == "at once") }
        #expect(responder.arrived == [0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8])
        await server.end()
    }

    /// Whether what the client has sent lies in the server's socket, within a bounded time.
    private func hasArrived(_ client: RawClient) -> Bool {
        let end = MonotonicClock.now + .seconds(100)
        var unsent: Int32 = 1
        while unsent != 0, MonotonicClock.now < end {
            if ioctl(client.rawDescriptor, UInt(TIOCOUTQ), &unsent) != 0 { return false }
        }
        return unsent == 0
    }

    @Test("What comes behind a request whose answer was held back is answered, and its end is seen")
    func goesOn() async throws {
        let server = try LoopbackServer(responder: WatchingResponder(), isRunning: false)
        let clients = try (0..<12).map { _ in try server.connect() }
        let request = "GET / HTTP/1.1\r\nHost: x\r\n"
        for client in clients {
            try client.send("\(request)\r\n\(request)\r\n\(request)Connection: close\r\n\r\n")
        }
        server.run()
        for client in clients {
            let text = try client.receiveToEnd()
            #expect(text.split(separator: "at once").count == 3, "\(text)")
        }
        await server.end()
    }

    @Test("An answer that is held back for a client that leaves keeps nobody else from theirs")
    func leaves() async throws {
        let server = try LoopbackServer(responder: WatchingResponder(), isRunning: false)
        let clients = try (0..<12).map { _ in try server.connect() }
        for (index, client) in clients.enumerated() {
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            if index % 3 == 0 { client.reset() }
        }
        server.run()
        for (index, client) in clients.enumerated() where index % 3 != 0 {
            #expect(try client.receiveAnswer().body == "at once")
        }
        await server.end()
    }
}

/// Answers at once, and notes before each answer how many clients have got theirs. What was sent arrives when the
/// kernel gets to it: from the ninth answer on that is waited for.
private final class WatchingResponder: Responder {
    private let state = Mutex((descriptors: [Int32](), arrived: [Int]()))

    /// Open once every client that is watched has been answered.
    let isDone = Gate()

    var arrived: [Int] { state.withLock { $0.arrived } }

    func watch(_ clients: [RawClient]) {
        state.withLock { $0.descriptors = clients.map(\.rawDescriptor) }
    }

    func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        state.withLock { state in
            var waiting = state.descriptors.map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            var count = poll(&waiting, nfds_t(waiting.count), 0)
            let sentCount = min(state.arrived.count / 8 * 8, waiting.count)
            let end = MonotonicClock.now + .seconds(100)
            while count < sentCount, MonotonicClock.now < end {
                count = poll(&waiting, nfds_t(waiting.count), 100)
            }
            state.arrived.append(Int(count))
            if state.arrived.count == waiting.count { isDone.open() }
        }
        send("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nat once".utf8.span)
        return true
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(status: 200, body: Array("at once".utf8))
    }
}
