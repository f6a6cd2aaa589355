import EventLoops
import HTTPServing
import HTTPWire
import Synchronization
import Testing

/// A server on loopback with its loops on threads of their own; `end()` stops and joins them.
final class LoopbackServer: Sendable {
    let server: HTTPServer
    let loops: [EventLoop]
    let address: BoundAddress
    private let threads = Mutex<[LoopThread]>([])

    init(
        address wanted: String = "127.0.0.1:0",
        joinsOthers: Bool = false,
        loopCount: Int = 1,
        limits: ServerLimits = .patient,
        tls: TLSConfiguration? = nil,
        events: (any ServerEvents)? = nil,
        responder: any Responder = EchoResponder(),
        isRunning: Bool = true
    ) throws {
        let loops = try (0..<loopCount).map { _ in try EventLoop() }
        self.loops = loops
        server = HTTPServer(
            configuration: HTTPServer.Configuration(
                address: wanted,
                limits: limits,
                tls: tls,
                joinsOthers: joinsOthers,
            ),
            loops: loops,
            events: events,
            makeResponder: { _ in responder },
        )
        address = try server.start()
        if isRunning { run() }
    }

    /// Starts the threads of the loops.
    func run() {
        threads.withLock { $0 = loops.map { $0.start(name: "test-loop") } }
    }

    func connect() throws -> RawClient { try RawClient(port: address.port) }

    /// Drains in a task on the first loop: tests block their own threads, so nothing may need
    /// another.
    func beginDrain(within deadline: Duration) -> Task<HTTPServer.DrainOutcome, Never> {
        Task(executorPreference: loops[0]) { await self.server.drain(within: deadline) }
    }

    func end() async {
        _ = await server.drain(within: .zero)
        for loop in loops { loop.stop() }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    /// Runs `body` with a server that is ended afterwards whatever happens.
    static func with<Result: Sendable>(
        loopCount: Int = 1,
        limits: ServerLimits = .patient,
        tls: TLSConfiguration? = nil,
        events: (any ServerEvents)? = nil,
        responder: any Responder = EchoResponder(),
        _ body: (LoopbackServer) async throws -> Result
    ) async throws -> Result {
        let server = try LoopbackServer(
            loopCount: loopCount,
            limits: limits,
            tls: tls,
            events: events,
            responder: responder,
        )
        do {
            let result = try await body(server)
            await server.end()
            return result
        } catch {
            await server.end()
            throw error
        }
    }
}

extension ServerLimits {
    /// For tests whose clients may pause as long as a busy machine makes them.
    static var patient: ServerLimits {
        var limits = ServerLimits()
        limits.headTime = .seconds(3_600)
        limits.bodyTime = .seconds(3_600)
        limits.requestTime = .seconds(7_200)
        limits.stallTime = .seconds(7_200)
        limits.writeTime = .seconds(3_600)
        limits.idleTime = .seconds(3_600)
        return limits
    }
}

/// Answers with what was asked: `METHOD target body`.
struct EchoResponder: Responder {
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let line = "\(request.method) \(request.target) "
        return HTTPResponse(
            status: 200,
            fields: [HTTPField("content-type", "text/plain")],
            body: Array(line.utf8) + request.body,
        )
    }
}

/// A responder made of a closure.
struct ClosureResponder: Responder {
    var answer: @Sendable (HTTPRequest) async -> HTTPResponse

    func respond(to request: HTTPRequest) async -> HTTPResponse { await answer(request) }
}
