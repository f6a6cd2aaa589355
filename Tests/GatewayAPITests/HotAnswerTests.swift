import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("HotAnswer")
struct HotAnswerTests {
    private let id = "0123456789abcdef00000001"
    private let other = "0123456789abcdef00000002"

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
            let first = [link, HTTPField("x-request-id", id), HTTPField("vary", "origin")]
            let second = [link, HTTPField("x-request-id", other), HTTPField("vary", "origin")]
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

    @Test("Request ids are distinct and of one length")
    func ids() {
        let ids = RequestIDs(seed: .max)
        let made = (0..<1_000).map { _ in ids.next() }
        #expect(Set(made).count == 1_000 && made.allSatisfy { $0.utf8.count == 24 })
    }
}
