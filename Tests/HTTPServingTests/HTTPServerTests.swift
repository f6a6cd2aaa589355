import HTTPServing
import HTTPWire
import Testing

@Suite("HTTPServer over loopback")
struct HTTPServerTests {
    @Test("A request is answered and the connection is kept for the next one")
    func keepAlive() async throws {
        try await LoopbackServer.with { server in
            let client = try server.connect()
            for number in 1...3 {
                try client.send("GET /\(number) HTTP/1.1\r\nHost: x\r\n\r\n")
                let answer = try client.receiveAnswer()
                #expect(answer.status == 200)
                #expect(answer.body == "GET /\(number) ")
                #expect(!answer.head.contains("connection: close"))
            }
        }
    }

    @Test("Pipelined requests are answered in order, also when the client ends its half")
    func pipelined() async throws {
        try await LoopbackServer.with { server in
            let client = try server.connect()
            let count = 200
            let requests = (0..<count).map {
                "POST /\($0) HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            }
            try client.send(requests.joined())
            client.finishSending()
            for number in 0..<count {
                #expect(try client.receiveAnswer().body == "POST /\(number) abc")
            }
            #expect(try client.receiveSome().isEmpty)
        }
    }
}
