import GatewayAPI
import Testing

@Suite("ListTarget and ProblemReport")
struct ListTargetTests {
    @Test("Names lose their hyphens, names and values are percent-encoded")
    func target() {
        var target = ListTarget()
        #expect(target.text == "/v1/images")
        target.add("os-version", "22.04")
        target.add("q", "a b&c=+镜")
        #expect(target.text == "/v1/images?os_version=22.04&q=a%20b%26c%3D%2B%E9%95%9C")
    }

    @Test("Setting replaces every value of that parameter alone")
    func setting() {
        var target = ListTarget()
        target.add("cursor", "a")
        target.add("limit", "1")
        target.add("cursor", "b")
        target.set(.cursor, "c")
        #expect(target.text == "/v1/images?limit=1&cursor=c")
        #expect(target.values(.cursor) == ["c"])
    }

    @Test("A problem is told by its parameters where they are to blame, else by itself")
    func problems() {
        let parameters = """
            {"title":"Invalid query parameter","status":400,"detail":"limit: x","parameters":\
            [{"name":"limit","value":"0","detail":"is too small"},{"name":"q","value":null,"detail":"no"}]}
            """
        #expect(
            ProblemReport(status: 400, body: Array(parameters.utf8)).lines == [
                "limit: is too small", "q: no",
            ]
        )
        let upstreams = """
            {"title":"Upstreams failed","status":502,"detail":"none","upstreams":[{"id":"u","state":"failed",\
            "error":{"type":"urn:image-gateway:problem:deadline-exceeded","detail":"slow"}}]}
            """
        let report = ProblemReport(status: 502, body: Array(upstreams.utf8))
        #expect(report.lines == ["Upstreams failed: none", "  u: failed, deadline exceeded: slow"])
        #expect(report.upstreams.map(\.mayBeLoading) == [true])
        #expect(ProblemReport(status: 503, body: [0x3C]).lines.count == 1)
    }
}
