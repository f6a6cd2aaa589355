import EventLoops
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
        let response = try await withTransport { transport in
            try await transport.send(
                UpstreamRequest(
                    method: "POST",
                    url: server.url + "/a/../b?x=%2F",
                    fields: [
                        UpstreamField("X-B", "2"), UpstreamField("X-A", "1"),
                        UpstreamField("X-Empty", ""),
                    ],
                    body: Array("{}".utf8),
                ),
                policy: TransportPolicy(),
                deadline: .now.advanced(by: .seconds(20)),
            )
        }
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
                "User-Agent: image-gateway/test", "Accept-Encoding: deflate, gzip, br, zstd",
                "X-B: 2", "X-A: 1", "X-Empty:", "Content-Length: 2", "", "{}",
            ]
        )
    }
}
