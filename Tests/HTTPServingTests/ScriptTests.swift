import Glibc
import HTTPWire
import Testing

@testable import HTTPServing

@Suite("Scripts in place of answers")
struct ScriptTests {
    /// Plays what the test says, at the greeting or as the answer.
    private struct Player: Responder {
        var greeting: WireScript?
        var answer = WireScript([])

        func greeting(of peer: HTTPPeer) -> WireScript? { greeting }

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            guard request.path != "/good" else {
                return HTTPResponse(status: 200, body: Array("good".utf8))
            }
            var response = HTTPResponse(status: 200)
            response.script = answer
            return response
        }
    }

    @Test("A player cuts steps into what can be done at one go, in order")
    func player() {
        var player = ScriptPlayer(
            WireScript([
                .bytes([1]), .drip([1, 2, 3], portion: 2, pause: .seconds(1)),
                .repeated([7], times: 3), .silence, .close, .reset,
            ])
        )
        var actions: [ScriptPlayer.Action] = []
        while let action = player.next() { actions.append(action) }
        #expect(
            actions == [
                .write([1]), .write([1, 2]), .wait(.seconds(1)), .write([3]), .wait(.seconds(1)),
                .write([7, 7, 7]), .wait(.zero), .silence, .close, .reset,
            ]
        )
    }

    @Test("A long repetition is written in bounded portions, and its bytes are all there")
    func repetition() {
        var player = ScriptPlayer(WireScript([.repeated(Array(0..<10), times: 100_000)]))
        var byteCount = 0
        while let action = player.next() {
            guard case .write(let bytes) = action else { continue }
            #expect(bytes.count <= 65_536)
            byteCount += bytes.count
        }
        #expect(byteCount == 1_000_000)
        var endless = ScriptPlayer(WireScript([.repeated([1], times: .max)]))
        for _ in 0..<100 { #expect(endless.next() != nil) }
    }

    @Test("Bytes go out as they stand, and the connection serves the next request")
    func bytes() async throws {
        let text = "HTTP/1.1 299 Odd\r\nContent-Length: 2\r\n\r\nok"
        let script = WireScript([
            .drip(Array(text.utf8), portion: 7, pause: .milliseconds(1)), .pause(.milliseconds(1)),
        ])
        try await LoopbackServer.with(responder: Player(answer: script)) { server in
            let client = try server.connect()
            for _ in 0..<2 {
                try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try client.receive(count: text.utf8.count) == text)
            }
            try client.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.receive(count: 12) == "HTTP/1.1 200")
        }
    }

    @Test("A reset is a reset, a close is an end, before a request as well as after it")
    func ends() async throws {
        for (step, code) in [(WireScript.Step.reset, ECONNRESET), (.close, 0)] {
            for atGreeting in [true, false] {
                let player = Player(
                    greeting: atGreeting ? WireScript([step]) : nil,
                    answer: WireScript([step])
                )
                try await LoopbackServer.with(responder: player) { server in
                    let client = try server.connect()
                    if !atGreeting { try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
                    #expect(client.endCode() == code, "\(step) at greeting: \(atGreeting)")
                }
            }
        }
    }

    @Test("Whoever leaves a silent or endless script is forgotten")
    func leaving() async throws {
        for step in [WireScript.Step.silence, .repeated([1], times: .max)] {
            try await LoopbackServer.with(responder: Player(answer: WireScript([step]))) { server in
                do {
                    let client = try server.connect()
                    try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    if step != .silence { _ = try client.receive(count: 100_000) }
                }
                #expect(await server.server.drain(within: .seconds(10)).abortedConnectionCount == 0)
            }
        }
    }
}

extension RawClient {
    /// Exactly so many bytes.
    fileprivate func receive(count: Int) throws -> String {
        var all: [UInt8] = []
        while all.count < count {
            let some = try receiveSome(count - all.count)
            guard !some.isEmpty else { throw Failure(call: "end", code: 0) }
            all += some
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// How the connection ended: 0 in good order, else the error; -1 where bytes came.
    fileprivate func endCode() -> Int32 {
        do {
            return try receiveSome().isEmpty ? 0 : -1
        } catch {
            return (error as? Failure)?.code ?? -2
        }
    }
}
