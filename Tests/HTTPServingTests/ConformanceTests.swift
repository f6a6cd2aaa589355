import Glibc
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

    /// Everywhere with `EVERY_SPLIT=1` (a minute); else each message once, at a place of its own.
    @Test("Every case cut in two gets the same answers")
    func splits() async throws {
        let isThorough = getenv("EVERY_SPLIT") != nil
        let recorder = RecordingResponder()
        var count = 0
        // Other tests may hold this one up between the two pieces.
        var limits = ServerLimits()
        limits.headTime = .seconds(600)
        limits.bodyTime = .seconds(600)
        try await LoopbackServer.with(loopCount: 2, limits: limits, responder: recorder) { server in
            for (index, wireCase) in WireCase.all.enumerated() {
                let bytes = wireCase.bytes
                let places =
                    isThorough && bytes.count < 1_000
                    ? Array(1..<bytes.count) : [1 + index * 7 % (bytes.count - 1)]
                for place in places {
                    recorder.requests.withLock { $0 = [] }
                    let client = try server.connect()
                    try client.send(Array(bytes[..<place]))
                    // Until the server has taken the first piece, so that it sees two.
                    await server.settle()
                    // A refusal of the first piece may have ended the connection's other half.
                    try? client.send(Array(bytes[place...]))
                    client.finishSending()
                    let text = try client.receiveToEnd()
                    check(text, recorder.requests.withLock { $0 }, wireCase)
                    count += 1
                }
            }
        }
        print("seen: \(WireCase.all.count) cases, whole and in \(count) splits over sockets")
    }

    @Test("No case has the title of another, so that a failure names one")
    func titles() {
        let titles = WireCase.all.map(\.title)
        #expect(Set(titles).count == titles.count)
        #expect(titles.count >= 500)
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
