import Caching
import Federation
import Observability
import Synchronization
import TestKit
import Testing
import Upstreams

/// What an operator is told of an upstream that fails.
@Suite struct NewsTests {
    private final class Reports: Sendable {
        private let list = Mutex<[UpstreamNews]>([])

        func add(_ news: UpstreamNews) { list.withLock { $0.append(news) } }
        var all: [UpstreamNews] { list.withLock { $0 } }
    }

    private static func fault(_ code: UpstreamError.Code) -> UpstreamError {
        UpstreamError(code, "it failed", isRetryable: true)
    }

    @Test("Each cause is told once, then that it is over, with the request that found out")
    func transitions() async throws {
        let reports = Reports()
        let cloud = FakeCloud((0..<3).map { FakeCloud.image($0) })
        let policy = UpstreamPolicy(
            ttl: .zero,
            staleWhileRevalidate: .zero,
            staleIfError: .seconds(86_400),
            retries: 0,
            breakerFailures: 3
        )
        let fixture = try Fixture([cloud], policy: policy, report: reports.add)
        var ids = RequestIDGenerator(processSeed: 1, loop: 0)
        let id = ids.next()
        func ask(_ times: Int = 1) async throws {
            for _ in 0..<times {
                _ = try await RequestID.$current.withValue(id) {
                    try await fixture.list { $0.demand.mustRevalidate = true }
                }
                fixture.time.time.advance(by: .seconds(600))
            }
        }
        try await ask(2)
        #expect(reports.all.isEmpty)
        cloud.change { $0.failure = Self.fault(.upstreamFault) }
        // More often than it takes to open the breaker, whose own refusals are no news.
        try await ask(6)
        cloud.change { $0.failure = Self.fault(.throttled) }
        try await ask(2)
        cloud.change { $0.failure = nil }
        try await ask(3)
        let news = reports.all
        #expect(news.count == 3)
        guard news.count == 3 else { return }
        #expect(news[0].event == .failing(Self.fault(.upstreamFault)))
        #expect(news[1].event == .failing(Self.fault(.throttled)))
        #expect(news[2].event == .recovered(after: .seconds(8 * 600)))
        #expect(news.allSatisfy { $0.requestID == id && $0.upstream == "up-0" && $0.images == 3 })
    }
}
