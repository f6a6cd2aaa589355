import EventLoops
import HTTPServing
import HTTPWire
import JSONText
import Synchronization
import Testing

/// Plays an OpenTelemetry collector on a free port: keeps what it is sent and answers as it is told.
final class Collector: Responder {
    let requests = Mutex<[HTTPRequest]>([])
    private let waiters = Mutex<[CheckedContinuation<Void, Never>]>([])
    /// What lives as long as the collector.
    private let held = Mutex<(HTTPServer, LoopThread)?>(nil)
    private let status: Int
    private let body: String

    init(status: Int = 200, body: String = "{\"partialSuccess\":{}}") {
        self.status = status
        self.body = body
    }

    /// Listens on a loop of its own; returns the address to export to.
    func start() throws -> String {
        let loop = try EventLoop()
        let thread = loop.start(name: "collector")
        let server = HTTPServer(
            configuration: HTTPServer.Configuration(address: "127.0.0.1:0"),
            loops: [loop]
        ) { _ in self }
        let address = try server.start()
        held.withLock { $0 = (server, thread) }
        return "http://\(address)/v1/traces"
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        requests.withLock { $0.append(request) }
        wakeWaiters()
        return HTTPResponse(
            status: status,
            fields: [HTTPField("content-type", "application/json")],
            body: Array(body.utf8)
        )
    }

    /// Returns once there were `count` requests.
    func received(_ count: Int) async -> [HTTPRequest] {
        while true {
            let arrived = requests.withLock { $0 }
            if arrived.count >= count { return arrived }
            await withCheckedContinuation { continuation in
                waiters.withLock { $0.append(continuation) }
                // One may have come just before.
                if requests.withLock({ $0.count }) > arrived.count { wakeWaiters() }
            }
        }
    }

    private func wakeWaiters() {
        let woken = waiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in woken { waiter.resume() }
    }

    /// Every span received so far, by name.
    func spans() throws -> [ReceivedSpan] {
        try requests.withLock { $0 }.flatMap { request in
            let resource = try JSONValue(parsing: request.body)["resourceSpans"]?.arrayValue?.first
            let spans = resource?["scopeSpans"]?.arrayValue?.first?["spans"]?.arrayValue
            return try (spans ?? []).map { try ReceivedSpan($0) }
        }
    }
}

/// A span as the wire has it.
struct ReceivedSpan {
    let name: String
    let traceID: String
    let spanID: String
    let parentID: String?
    let kind: String
    let start: Int64
    let end: Int64
    private let attributes: [String: JSONValue]

    init(_ value: JSONValue) throws {
        name = try #require(value["name"]?.stringValue)
        traceID = try #require(value["traceId"]?.stringValue)
        spanID = try #require(value["spanId"]?.stringValue)
        parentID = value["parentSpanId"]?.stringValue
        guard case .number(let kind)? = value["kind"] else {
            throw Mistake(text: "kind is no number")
        }
        self.kind = kind
        start = try #require(value["startTimeUnixNano"]?.stringValue.flatMap { Int64($0) })
        end = try #require(value["endTimeUnixNano"]?.stringValue.flatMap { Int64($0) })
        let list = try #require(value["attributes"]?.arrayValue)
        var attributes: [String: JSONValue] = [:]
        for attribute in list {
            let key = try #require(attribute["key"]?.stringValue)
            attributes[key] = attribute["value"]
        }
        self.attributes = attributes
    }

    struct Mistake: Error {
        var text: String
    }

    subscript(text name: String) -> String? { attributes[name]?["stringValue"]?.stringValue }
    subscript(integer name: String) -> String? { attributes[name]?["intValue"]?.stringValue }
}
