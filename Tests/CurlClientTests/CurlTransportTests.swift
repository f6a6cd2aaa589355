import EventLoops
import Glibc
import Testing
import Upstreams

@testable import CurlClient

struct CurlTransportTests {
    @Test("A request arrives as it was given and its answer comes back whole")
    func success() async throws {
        let server = ScriptedServer.answering { socket, _ in
            socket.answer("hello", fields: "X-Trace: 7\r\nx-empty:\r\nX-Trace: 8\r\n")
        }
        defer { server.stop() }
        let request = UpstreamRequest(
            method: "POST",
            url: server.url + "/a/../b?x=%2F",
            fields: [
                UpstreamField("X-B", "2"), UpstreamField("X-A", "1"), UpstreamField("X-Empty", ""),
            ],
            body: Array("{}".utf8),
        )
        let response = try await withTransport { try await $0.send(request) }
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.fields.filter { $0.name == "X-Trace" }.map(\.value) == ["7", "8"])
        #expect(response.value(of: "X-Empty") == "")
        let lines = server.requests.first?.split(
            separator: "\r\n",
            omittingEmptySubsequences: false
        )
        #expect(
            lines?.map(String.init) == [
                "POST /a/../b?x=%2F HTTP/1.1", "Host: 127.0.0.1:\(server.port)",
                "User-Agent: image-gateway/test", "Accept-Encoding: gzip",
                "X-B: 2", "X-A: 1", "X-Empty:", "Content-Length: 2", "", "{}",
            ]
        )
    }

    @Test("Fields of the request replace what would be sent by itself")
    func ownFields() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("") }
        defer { server.stop() }
        let fields = [
            UpstreamField("Host", "ims.example"), UpstreamField("user-agent", "probe/1"),
            UpstreamField("Content-Type", "application/json"), UpstreamField("Accept", "text/json"),
        ]
        let request = UpstreamRequest(method: "POST", url: server.url, fields: fields)
        _ = try await withTransport { try await $0.send(request) }
        let lines = server.requests.first?.split(separator: "\r\n").map(String.init) ?? []
        #expect(lines.filter { $0.lowercased().hasPrefix("host:") } == ["Host: ims.example"])
        #expect(
            lines.filter { $0.lowercased().hasPrefix("user-agent:") } == ["user-agent: probe/1"]
        )
        #expect(lines.filter { $0.hasPrefix("Accept:") } == ["Accept: text/json"])
        #expect(
            lines.filter { $0.hasPrefix("Content-Type:") } == ["Content-Type: application/json"]
        )
        #expect(lines.contains("Content-Length: 0"))
    }

    @Test(
        "Methods other than GET and POST go out as they are spelled",
        arguments: ["PUT", "DELETE"]
    )
    func otherMethods(method: String) async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("ok") }
        defer { server.stop() }
        let request = UpstreamRequest(method: method, url: server.url, body: Array("b".utf8))
        let response = try await withTransport { try await $0.send(request) }
        #expect(response.body == Array("ok".utf8))
        #expect(server.requests.first?.hasPrefix("\(method) / HTTP/1.1\r\n") == true)
        #expect(server.requests.first?.hasSuffix("\r\n\r\nb") == true)
    }

    @Test("The answer to HEAD has no body, however long it says it is")
    func headMethod() async throws {
        let server = ScriptedServer.answering { socket, _ in
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
        }
        defer { server.stop() }
        let request = UpstreamRequest(method: "HEAD", url: server.url)
        let response = try await withTransport { try await $0.send(request) }
        #expect(response.body.isEmpty)
        #expect(response.value(of: "content-length") == "999999999")
    }

    @Test("Every status is an answer", arguments: [204, 400, 401, 404, 429, 500, 503])
    func statuses(status: Int) async throws {
        let server = ScriptedServer.answering { socket, _ in
            let framing = status == 204 ? "" : "Content-Length: 2\r\n"
            socket.write("HTTP/1.1 \(status) Any\r\n\(framing)\r\n\(status == 204 ? "" : "no")")
        }
        defer { server.stop() }
        let response = try await withTransport { try await $0.get(server.url) }
        #expect(response.status == status)
    }

    @Test(
        "A redirect is an answer and is not followed",
        arguments: [301, 302, 303, 307, 308]
    )
    func redirect(status: Int) async throws {
        let server = ScriptedServer.answering { socket, _ in
            socket.write(
                "HTTP/1.1 \(status) Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
            )
        }
        defer { server.stop() }
        let response = try await withTransport { try await $0.get(server.url + "/list") }
        #expect(response.status == status)
        #expect(response.value(of: "Location") == "/elsewhere")
        #expect(server.requests.count == 1)
    }

    @Test("Interim answers and trailers stay out of the fields")
    func interimAnswersAndTrailers() async throws {
        let server = ScriptedServer.answering { socket, _ in
            socket.write("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n")
            socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Real: 1\r\n\r\n")
            socket.write("2\r\nhi\r\n0\r\nX-Trailer: 2\r\n\r\n")
        }
        defer { server.stop() }
        let response = try await withTransport { try await $0.get(server.url) }
        #expect(response.status == 200)
        #expect(response.body == Array("hi".utf8))
        #expect(response.fields.map(\.name) == ["Transfer-Encoding", "X-Real"])
    }

    @Test("A compressed body arrives decompressed")
    func gzip() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer(gzip: gzipOfHello) }
        defer { server.stop() }
        let response = try await withTransport { try await $0.get(server.url) }
        #expect(response.body == Array("hello hello hello hello".utf8))
    }

    @Test("An HTTP/1.0 answer without a length ends with its connection")
    func answerUntilClose() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.0 200 OK\r\n\r\nall of it")
        }
        defer { server.stop() }
        let response = try await withTransport { try await $0.get(server.url) }
        #expect(response.body == Array("all of it".utf8))
    }

    @Test("What could smuggle or leave HTTP is refused before anything is sent")
    func unusableRequests() async throws {
        let requests = [
            UpstreamRequest(url: "ftp://127.0.0.1/"),
            UpstreamRequest(url: "file:///etc/passwd"),
            UpstreamRequest(url: "http://127.0.0.1/a b"),
            UpstreamRequest(url: "http://127.0.0.1/\r\nX: y"),
            UpstreamRequest(url: "http://user:secret@127.0.0.1/"),
            UpstreamRequest(method: "GET /x", url: "http://127.0.0.1/"),
            UpstreamRequest(url: "http://127.0.0.1/", fields: [UpstreamField("A", "b\r\nC: d")]),
            UpstreamRequest(url: "http://127.0.0.1/", fields: [UpstreamField("A\u{0}", "b")]),
            UpstreamRequest(url: "http://127.0.0.1/", fields: [UpstreamField("", "b")]),
        ]
        try await withTransport { transport in
            for request in requests {
                let error = await #expect(throws: UpstreamError.self) {
                    try await transport.send(request)
                }
                #expect(error?.code == .misconfigured)
                #expect(error?.message.contains("secret") == false)
            }
        }
    }

    @Test("Environment proxies are ignored")
    func environmentProxy() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("direct") }
        defer { server.stop() }
        let response = try await withTransport { transport in
            try #require(getenv("http_proxy") != nil)
            return try await transport.get(server.url)
        }
        #expect(response.body == Array("direct".utf8))
    }

    @Test("A configured proxy is used even where the environment exempts the host")
    func configuredProxy() async throws {
        let proxy = ScriptedServer.answering { socket, _ in socket.answer("from the proxy") }
        defer { proxy.stop() }
        let policy = TransportPolicy(proxy: proxy.url)
        let response = try await withTransport {
            try await $0.get("http://ims.example/v2/images", policy: policy)
        }
        #expect(response.body == Array("from the proxy".utf8))
        #expect(
            proxy.requests.first?.hasPrefix("GET http://ims.example/v2/images HTTP/1.1") == true
        )
    }

    @Test("A proxy's refusal to build a tunnel is a retryable connection failure that says so")
    func refusedTunnel() async throws {
        let proxy = ScriptedServer.answering { socket, _ in
            socket.write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
        }
        defer { proxy.stop() }
        let policy = TransportPolicy(proxy: proxy.url)
        let error = try await withTransport {
            try await $0.failure("https://ims.example/v2/images", policy: policy)
        }
        #expect(error.code == .connectionFailed)
        #expect(error.message.contains("403"))
        #expect(proxy.requests.first?.hasPrefix("CONNECT ims.example:443 HTTP/1.1") == true)
    }
}

/// `hello hello hello hello`, by gzip.
let gzipOfHello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57,
    0xC8, 0x40, 0x27, 0x01, 0xE3, 0x51, 0x3D, 0x8D, 0x17, 0x00, 0x00, 0x00,
]

extension TestSocket {
    func answer(gzip body: [UInt8]) {
        write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
        write(body)
    }
}
