import Configuration
import CurlClient
import EventLoops
import Federation
import GatewayAPI
import HTTPServing
import HTTPWire
import JSONText
import MonotonicTime
import ProviderSimulators
import Testing
import Upstreams

@testable import image_gateway

/// A gateway of the executable's own making, over real sockets, against simulators on a free port.
final class TestGateway: Sendable {
    let gateway: Gateway
    let threads: Threads
    let responder: GatewayResponder
    let simulators: DemoSimulators

    /// `configuration` is JSON5 without the outer braces; `@sim` stands for the simulators' origin. Without
    /// `simulators` it has some of its own.
    init(
        images: Int = 60,
        log: ProcessLog? = nil,
        simulators shared: DemoSimulators? = nil,
        _ configuration: String
    ) throws {
        simulators = try shared ?? DemoSimulators(SimulatorSettings(imageCount: images))
        let text = "{ \(configuration.replacing("@sim", with: simulators.origin)) }"
        threads = try Threads(count: 1)
        _ = threads.main.start(name: "test-main")
        gateway = try Gateway(
            configuration: try Self.load(text),
            threads: threads,
            log: try log ?? ProcessLog()
        )
        responder = gateway.makeResponder(on: threads.serving[0], access: false)
    }

    static func load(_ text: String) throws -> GatewayConfiguration {
        let loaded = ConfigurationFile.loader.load(text: text, file: "test")
        var configuration = try #require(loaded.configuration, "\(loaded.problems)")
        // A busy machine must not turn patience into a partial answer.
        configuration.request.deadline = .seconds(120)
        for index in configuration.upstreams.indices {
            configuration.upstreams[index].policy.deadline = .seconds(100)
            configuration.upstreams[index].policy.callTimeout = .seconds(60)
        }
        return configuration
    }

    /// The five upstreams of the demo.
    static func demo(images: Int = 60) throws -> TestGateway {
        let text = DemoConfiguration.text(listen: "127.0.0.1:0", simulators: "@sim")
        return try TestGateway(images: images, String(text.dropFirst().dropLast()))
    }

    func get(
        _ target: String,
        method: String = "GET",
        _ fields: [HTTPField] = [],
        peer: HTTPPeer = HTTPPeer()
    ) async -> HTTPResponse {
        let request = HTTPRequest(method: method, target: target, fields: fields, peer: peer)
        // A responder belongs to its loop.
        return await withTaskExecutorPreference(threads.serving[0]) {
            await responder.respond(to: request).joined()
        }
    }

    /// What is sent before any task exists, as it goes out; `nil` where a task is needed.
    func atOnce(
        _ target: String,
        _ fields: [HTTPField] = [],
        peer: HTTPPeer = HTTPPeer()
    ) async throws -> [UInt8]? {
        let lines =
            ["GET \(target) HTTP/1.1", "Host: x"] + fields.map { "\($0.name): \($0.value)" }
        let bytes = Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
        return try await withTaskExecutorPreference(threads.serving[0]) {
            try await answerAtOnce(bytes, peer)
        }
    }

    /// `async`, so that it runs where the task prefers to.
    private func answerAtOnce(_ bytes: [UInt8], _ peer: HTTPPeer) async throws -> [UInt8]? {
        var head = RequestHead(byteCount: bytes.count)
        head.bytes = bytes
        head.peer = peer
        var parser = RequestHeadParser()
        _ = try parser.parse(&head, filled: bytes.count, limits: ServerLimits())
        var answer: [UInt8]?
        let isAnswered = responder.answerAtOnce(head) { bytes in
            answer = bytes.withUnsafeBufferPointer { Array($0) }
        }
        return isAnswered ? answer : nil
    }

    func json(_ target: String, _ fields: [HTTPField] = []) async throws -> JSONValue {
        try JSONValue(parsing: await get(target, fields).body)
    }

    /// Every row of a query, page by page.
    func rows(_ query: String) async throws -> [JSONValue] {
        var rows: [JSONValue] = []
        var cursor: String?
        repeat {
            let page = try await json("/v1/images?\(query)\(cursor.map { "&cursor=\($0)" } ?? "")")
            rows += page["images"]?.arrayValue ?? []
            cursor = page["next_cursor"]?.stringValue
        } while cursor != nil
        return rows
    }

    /// What the simulators say themselves; never through an adapter.
    func simulator(_ method: String = "GET", _ path: String, _ body: String = "") async throws
        -> JSONValue
    {
        let transport = try CurlTransport(loop: threads.main, version: "test")
        let response = try await transport.send(
            UpstreamRequest(method: method, url: simulators.origin + path, body: Array(body.utf8)),
            policy: TransportPolicy(),
            deadline: .now + .seconds(300)
        )
        return try JSONValue(parsing: response.body)
    }
}

extension SimulatorSettings {
    init(imageCount: Int) throws {
        self = try SimulatorSettings(Arguments([], for: SimulateCommand.command))
        address = "127.0.0.1:0"
        self.imageCount = imageCount
    }
}
