import HTTPServing
import HTTPWire
import Synchronization
import TestKit
import Testing

@Suite("RFC 9112 over sockets")
struct ConformanceTests {
    @Test("Every case gets its answers, and nothing hidden in one is ever executed")
    func cases() async throws {
        let recorder = RecordingResponder()
        try await LoopbackServer.with(loopCount: 2, responder: recorder) { server in
            for wireCase in WireCase.all {
                recorder.requests.withLock { $0 = [] }
                let client = try server.connect()
                try client.send(wireCase.bytes)
                client.finishSending()
                let text = try client.receiveToEnd()
                check(text, recorder.requests.withLock { $0 }, wireCase)
            }
        }
    }

    private func check(_ text: String, _ executed: [String], _ wireCase: WireCase) {
        let statuses = statuses(in: text)
        switch wireCase.verdict {
        case .accepted(let requests):
            #expect(statuses == requests.map { _ in 200 }, "\(wireCase.title): \(text)")
            #expect(executed == requests, "\(wireCase.title)")
        case .refused(let status, let accepted):
            #expect(statuses == accepted.map { _ in 200 } + [status], "\(wireCase.title): \(text)")
            #expect(executed == accepted, "\(wireCase.title)")
            #expect(text.contains("connection: close"), "\(wireCase.title)")
        }
    }

    /// Interim answers apart; contents of these answers never contain the marker.
    private func statuses(in text: String) -> [Int] {
        text.split(separator: "\r\n").compactMap { line in
            guard line.hasPrefix("HTTP/1.1 ") else { return nil }
            return Int(line.dropFirst(9).prefix(3))
        }.filter { $0 != 100 }
    }
}

/// Remembers what was executed; the content is one new line, so that answers can be told apart.
final class RecordingResponder: Responder {
    let requests = Mutex<[String]>([])

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let body = String(decoding: request.body, as: UTF8.self)
        requests.withLock { $0.append("\(request.method) \(request.target) \(body)") }
        return HTTPResponse(status: 200, body: Array("\r\n".utf8))
    }
}
