import GatewayAPI
import Testing
import Upstreams

@testable import image_gateway

@Suite struct AdminTraceTests {
    @Test("Wrong keys are all counted and told few times; a change is told each time, and by whom")
    func trace() async throws {
        let pipe = LogPipe()
        let log = try ProcessLog(events: pipe.writer, access: pipe.writer)
        let gateway = try TestGateway(
            log: log,
            """
            listen: { address: "127.0.0.1:0" },
            admin: { address: "127.0.0.1:0", key: "sixteen letters!" },
            upstreams: [{ id: "cloud", provider: "gmi", endpoint: "@sim", credentials: { token: "x" } }]
            """
        )
        _ = try gateway.gateway.start { .reloaded(change: "nothing changed") }
        let admin = try AdminClient(gateway)
        let (key, purge) = (UpstreamField("X-API-Key", "sixteen letters!"), "cloud:purge")
        for guess in 0..<20 {
            let wrong = UpstreamField("Authorization", "Bearer guess \(guess)")
            #expect(try await admin.status("GET", "/metrics", wrong) == 401)
        }
        #expect(try await admin.status("POST", "/v1/upstreams/\(purge)") == 401)
        #expect(try await admin.status("GET", "/healthz") == 200)
        #expect(try await admin.status("POST", "/v1/upstreams/\(purge)", key) == 202)
        #expect(try await admin.status("POST", "/v1/upstreams/none:reset", key) == 404)
        let change = try pipe.line(with: "changed through the admin port")
        #expect(change.contains(" info "))
        #expect(change.contains("path=/v1/upstreams/cloud:purge action=purge status=202"))
        #expect(change.contains("peer=127.0.0.1 request_id="))
        _ = try pipe.line(with: "refused on the admin port")
        let lines = pipe.text.split(separator: "\n")
        // One, and another two in each ten seconds that a busy machine takes.
        #expect(lines.count { $0.contains("kept out") } < 10, "\(lines)")
        #expect(lines.contains { $0.contains("refused on the admin port action=reset status=404") })
        #expect(lines.contains { $0.contains("warning kept out of the admin port action=metrics") })
        #expect(!pipe.text.contains("guess ") && !pipe.text.contains("sixteen"))
        let scrape = try PrometheusScrape(gateway.gateway.metricsText)
        let family = "image_gateway_admin_requests_total"
        #expect(scrape.sum(family, "action=\"metrics\"", "status=\"401\"") == 20)
        #expect(scrape.sum(family, "action=\"purge\"") == 2)
        #expect(scrape.sum(family, "action=\"reset\"", "status=\"404\"") == 1)
        #expect(scrape.sum(family) == 23)
        #expect(scrape.sum("image_gateway_problems_total", "\"unauthorized\"") == 21)
    }

    @Test("Each of eight callers is told at once, then how often they and others came")
    func windows() {
        var intrusions = Intrusions()
        let told = ["a", "b", "a", "a"].map { intrusions.add(.init(peer: $0, problem: "x")) }
        #expect(told.map(\.isNew) == [true, true, false, false])
        #expect(told.map(\.beginsWindow) == [true, false, false, false])
        let other = intrusions.add(.init(peer: "b", problem: "y"))
        #expect(other.isNew && !other.beginsWindow)
        #expect(intrusions.endWindow() == .init(count: 2, peers: "a x 2"))
        let crowd = (0..<20).map { intrusions.add(.init(peer: "\($0)", problem: "x")).isNew }
        #expect(crowd.count { $0 } == 5)
        let again = intrusions.add(.init(peer: "b", problem: "x"))
        #expect(!again.isNew && !again.beginsWindow)
        #expect(intrusions.endWindow() == .init(count: 16, peers: "b x 1, others 15"))
        #expect(intrusions.endWindow() == nil)
        let later = intrusions.add(.init(peer: "a", problem: "x"))
        #expect(later.isNew && later.beginsWindow)
    }
}
