import EventLoops
import GatewayAPI
import ProviderSimulators
import Testing

@testable import Configuration
@testable import image_gateway

/// What `image-gateway query` asks where no gateway runs.
struct InProcessSourceTests {
    private func threads() throws -> Threads {
        // As the command has it: no loop serves.
        let threads = try Threads(count: 0)
        _ = threads.main.start(name: "test-main")
        return threads
    }

    /// The whole answer: on a busy machine upstreams may be late at first.
    private func page(_ source: InProcessSource, _ target: String) async throws -> AnswerPage {
        var answer = try await source.get(target)
        for _ in 0..<100 {
            if answer.status == 200, let page = try? AnswerPage(parsing: answer.body),
                page.isComplete
            {
                return page
            }
            answer = try await source.get(target)
        }
        return try #require(nil as AnswerPage?, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    @Test("The demo answers a query in process, again and page by page")
    func demo() async throws {
        let source = try InProcessSource(
            simulating: try SimulatorSettings(imageCount: 60),
            threads: try threads()
        )
        let target = "/v1/images?limit=3&deadline=60s"
        let first = try await page(source, target)
        #expect(first.imageCount == 3)
        let next = try await page(source, "\(target)&cursor=\(try #require(first.nextCursor))")
        #expect(next.imageCount == 3)
    }

    @Test("An upstream that is switched off may lack its secrets, and a gateway starts beside it")
    func switchedOff() async throws {
        let simulators = try DemoSimulators(SimulatorSettings(imageCount: 60))
        let text = """
            { upstreams: [
                { id: "good", provider: "gmi", endpoint: "\(simulators.origin)",
                  credentials: { token: "simulator-token" } },
                { id: "off", provider: "gmi", endpoint: "\(simulators.origin)",
                  credentials: { token: { env: "NOT_SET_ANYWHERE" } }, enabled: false },
            ] }
            """
        let loaded = ConfigurationFile.loader.load(text: text, file: "test")
        let source = try InProcessSource(loaded, threads: try threads(), beside: simulators)
        let page = try await page(source, "/v1/images?limit=1&deadline=60s")
        #expect(page.imageCount == 1)
        let off = try #require(page.upstreams.first { $0.id == "off" })
        #expect(off.state == "skipped")
    }
}
