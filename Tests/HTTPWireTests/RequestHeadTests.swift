import HTTPWire
import Testing

@Suite("RequestHead")
struct RequestHeadTests {
    private func head(_ text: String) throws(RequestRefusal) -> RequestHead {
        try RequestHead(parsing: Array(text.utf8))
    }

    private func refusal(_ text: String) -> RequestRefusal? {
        do throws(RequestRefusal) {
            _ = try head(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("Names are found without case, values compare as bytes, absent ones are nil")
    func access() throws {
        let head = try head(
            "GET /a?b HTTP/1.1\r\nHOST: x\r\nAccept-Encoding:  gzip, br \r\nX: 1\r\nx: 2\r\n\r\n"
        )
        let holds1 = head.methodIs("GET") && !head.methodIs("get") && !head.methodIs("GETS")
        #expect(holds1)
        let holds2 = head.targetText == "/a?b"
        #expect(holds2)
        let holds3 = head.withTarget { $0.count } == 4
        #expect(holds3)
        let holds4 = head.valueText(of: "accept-encoding") == "gzip, br"
        #expect(holds4)
        let holds5 = head.value(of: "accept-encoding", is: "gzip, br")
        #expect(holds5)
        let holds6 = !head.value(of: "accept-encoding", is: "gzip")
        #expect(holds6)
        let holds7 = head.value(of: "accept") == nil
        #expect(holds7)
        let holds8 = head.count(of: "x") == 2
        #expect(holds8)
        let holds9 = head.valueText(of: "x") == "1"
        #expect(holds9)
    }

    @Test("As a request, names are in lower case, in order, with the peer")
    func request() throws {
        let bytes = Array(
            "PUT /x HTTP/1.1\r\nHost: a\r\nX-Ö: b\r\n\r\n".replacing("Ö", with: "O").utf8
        )
        let head = try RequestHead(parsing: bytes, peer: HTTPPeer(address: "127.0.0.1"))
        let request = head.request(body: [1])
        #expect(request.method == "PUT" && request.target == "/x" && request.body == [1])
        #expect(request.fields == [HTTPField("host", "a"), HTTPField("x-o", "b")])
        #expect(request.peer.isLoopback)
    }

    @Test("An absolute target's authority replaces Host, wherever its path had to be made up")
    func authority() throws {
        for target in [
            "http://b.example/p", "http://b.example", "http://b.example?q", "HTTPS://b.example/",
        ] {
            let head = try head("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            let holds10 = head.valueText(of: "host") == "b.example"
            #expect(holds10, "\(target)")
            let holds11 = head.targetText.hasPrefix("/")
            #expect(holds11, "\(target)")
        }
    }

    @Test("A head that does not end is truncated, one that is wrong is refused with its reason")
    func refusal() {
        #expect(refusal("GET / HTTP/1.1\r\nHost: a\r\n")?.reason == .truncated)
        #expect(refusal("GET / HTTP/1.1\r\nHost: /\r\n\r\n")?.reason == .invalidHost)
    }

    @Test(
        "A target that cannot be read is refused for what is wrong with it",
        arguments: [
            ("GET /a b HTTP/1.1", .blankInTarget), ("GET /a?q=x y z HTTP/1.0", .blankInTarget),
            ("GET /  HTTP/1.1", .blankInTarget), ("GET /a b HTTP/2.0", .blankInTarget),
            ("GET / HTTP/1.1 ", .malformedVersion), ("GET / HTTP/1.1 x", .malformedVersion),
            ("GET /a b HTTP/11", .malformedVersion), ("GET /a xHTTP/1.1", .malformedVersion),
            ("GET /a HTTP/1", .malformedVersion), ("GET  / HTTP/1.1", .malformedRequestLine),
            ("GET * HTTP/1.1", .invalidTargetForm), ("OPTIONS *x HTTP/1.1", .invalidTargetForm),
            ("GET a/b HTTP/1.1", .invalidTargetForm), ("GET a:80 HTTP/1.1", .invalidTargetForm),
            ("GET ftp://a/ HTTP/1.1", .invalidTargetForm),
            ("GET http://u:p@a/ HTTP/1.1", .invalidTargetForm),
            ("GET /a% HTTP/1.1", .invalidTarget), ("GET /a|b HTTP/1.1", .invalidTarget),
            ("GET http://a/%zz HTTP/1.1", .invalidTarget),
        ] as [(String, RequestRefusal.Reason)]
    )
    func targets(_ line: String, reason: RequestRefusal.Reason) {
        #expect(refusal("\(line)\r\nHost: a\r\n\r\n")?.reason == reason)
    }

    @Test("Every reason has an error status and a short description of its own")
    func reasons() {
        let reasons = RequestRefusal.Reason.allCases.map { RequestRefusal($0) }
        #expect(reasons.allSatisfy { (400...599).contains($0.status) && $0.status != 500 })
        #expect(Set(reasons.map(\.shortDescription)).count == reasons.count)
    }
}
