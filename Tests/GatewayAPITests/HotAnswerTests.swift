import HTTPWire
import Observability
import Testing

@testable import GatewayAPI

@Suite("HotAnswer")
struct HotAnswerTests {
    private let id: RequestID
    private let other: RequestID

    init() {
        var generator = RequestIDGenerator(processSeed: 7, loop: 0)
        id = generator.next()
        other = generator.next()
    }

    private func encoded(_ fields: [HTTPField], body: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let response = HTTPResponse(status: 200, fields: fields, body: Array(body.utf8))
        let date = HTTPDate(secondsSince1970: 0)
        ResponseEncoder(isHead: false, keepsAlive: true, date: date).encode(response, into: &bytes)
        return bytes
    }

    @Test(
        "Sent again, an answer differs in its request id alone, wherever else the same text stands"
    )
    func replaced() {
        for length in [0, 10_000] {
            let link = HTTPField(
                "link",
                "</v1/images?q=\(id)\(String(repeating: "x", count: length))>"
            )
            let first = [
                link, HTTPField("x-request-id", id.description), HTTPField("vary", "origin"),
            ]
            let second = [
                link, HTTPField("x-request-id", other.description), HTTPField("vary", "origin"),
            ]
            let answer = HotAnswer(encoded(first, body: "body \(id)"), requestID: id)
            #expect(answer.bytes(requestID: id) == encoded(first, body: "body \(id)"))
            #expect(answer.bytes(requestID: other) == encoded(second, body: "body \(id)"))
        }
    }

    @Test("An answer without a request id is sent as it is")
    func without() {
        let bytes = encoded([], body: "\r\nx-request-id: \(id)\r\n")
        #expect(HotAnswer(bytes, requestID: id).bytes(requestID: other) == bytes)
        #expect(HotAnswer([], requestID: id).bytes(requestID: other) == [])
    }
}
