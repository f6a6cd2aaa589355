import HTTPWire
import Testing

@Suite("ResponseEncoder")
struct ResponseEncoderTests {
    private func encode(
        _ response: HTTPResponse,
        isHead: Bool = false,
        isVersion11: Bool = true,
        keepsAlive: Bool = true
    ) -> String {
        var bytes: [UInt8] = []
        ResponseEncoder(
            isHead: isHead,
            isVersion11: isVersion11,
            keepsAlive: keepsAlive,
            date: HTTPDate(secondsSince1970: 0),
        ).encode(response, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("An answer is status line, fields, date, content-length, content")
    func plain() {
        let response = HTTPResponse(
            status: 200,
            fields: [HTTPField("x", "y")],
            body: Array("hi".utf8)
        )
        let text = encode(response)
        #expect(
            text
                == "HTTP/1.1 200 OK\r\nx: y\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\ncontent-length: 2\r\n\r\nhi"
        )
    }

    @Test("A finished answer becomes one that closes: a line more, and nothing else changes")
    func closing() {
        let answer = encode(HTTPResponse(status: 200, body: Array("hi\nho".utf8)))
        let line = "HTTP/1.1 200 OK\r\n"
        #expect(
            String(decoding: ResponseEncoder.closing(answer.utf8.span), as: UTF8.self)
                == line + "connection: close\r\n" + answer.dropFirst(line.count)
        )
        #expect(ResponseEncoder.closing("".utf8.span) == Array("connection: close\r\n".utf8))
    }

    @Test("Connection is stated where it differs from the version's default")
    func connection() {
        let response = HTTPResponse(status: 200)
        #expect(!encode(response).contains("connection"))
        #expect(encode(response, keepsAlive: false).contains("\r\nconnection: close\r\n"))
        #expect(encode(response, isVersion11: false).contains("\r\nconnection: keep-alive\r\n"))
        #expect(
            encode(response, isVersion11: false, keepsAlive: false).contains("connection: close")
        )
    }

    @Test(
        "A status without phrase keeps its space; one that is not final becomes 500 without content"
    )
    func statuses() {
        #expect(encode(HTTPResponse(status: 299)).hasPrefix("HTTP/1.1 299 \r\n"))
        for status in [-1, 0, 100, 101, 199, 600, 99_999] {
            let text = encode(HTTPResponse(status: status, body: [0x61]))
            #expect(text.hasPrefix("HTTP/1.1 500 "))
            #expect(text.hasSuffix("content-length: 0\r\n\r\n"))
        }
    }

    @Test("205 says its content is empty; HEAD gives the length of what is left out")
    func empty() {
        let response = HTTPResponse(status: 205, body: [0x61])
        #expect(encode(response).hasSuffix("content-length: 0\r\n\r\n"))
        let head = HTTPResponse(status: 200, body: [0x61, 0x62])
        #expect(encode(head, isHead: true).hasSuffix("content-length: 2\r\n\r\n"))
    }

    @Test("The server's own fields are not taken from the responder, in any case")
    func ownFields() {
        let names = [
            "Date", "CONTENT-LENGTH", "connection", "Transfer-Encoding", "Keep-Alive", "", "a b",
        ]
        let response = HTTPResponse(status: 200, fields: names.map { HTTPField($0, "planted") })
        #expect(!encode(response).contains("planted"))
        #expect(HTTPResponse(status: 200, fields: [HTTPField("Connection", "Close")]).asksToClose)
    }
}
