import Caching
import Catalogs
import Configuration
import Cryptography
import HTTPWire
import ImageModel
import JSONText
import MonotonicTime
import Observability
import Upstreams

@testable import Federation
@testable import GatewayAPI

/// A gateway without upstreams, and answers as if it had some.
struct SampleGateway {
    let responder: GatewayResponder
    let admin: AdminResponder

    /// Time stands still.
    private struct StoppedClock: Timekeeper {
        let now = MonotonicClock.now
        let date = Timestamp(seconds: 1_700_000_000)
        func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {}
        /// Time stands still, so nothing ever comes due.
        func call(
            at deadline: MonotonicClock.Instant,
            _ action: @escaping @Sendable () -> Void
        ) -> @Sendable () -> Void {
            {}
        }
    }

    private struct NoObserver: RequestObserver {
        func answered(
            _ record: borrowing RequestRecord,
            client: String?,
            peer: String,
            target: Span<UInt8>
        ) {}
        func refused(_ record: RefusalRecord) {}
        func cached(answerCount: Int, byteCount: Int) {}
    }

    init() throws {
        let clock = StoppedClock()
        let federation = Federation(
            nodes: [],
            publications: Publications(),
            sealer: CursorSealer(key: try Self.key())
        )
        let service = GatewayService(
            federation: federation,
            configuration: GatewayConfiguration(upstreams: []),
            providers: ["aries", "gmi"],
            now: clock.now,
            keySets: SampleCloud.noKeySets
        )
        responder = GatewayResponder(
            service: service,
            timekeeper: clock,
            requestIDs: RequestIDGenerator(processSeed: 1, loop: 0),
            observer: NoObserver(),
            tracer: Tracer(seed: 1)
        )
        admin = AdminResponder(
            service: service,
            timekeeper: clock,
            requestIDs: RequestIDGenerator(processSeed: 1, loop: 1),
            controls: AdminResponder.Controls(
                key: nil,
                metrics: { "" },
                reload: { .reloaded(change: "nothing changed") },
                isReady: { true },
                answered: { _ in }
            )
        )
    }

    private struct NoKey: Error {}

    private static func key() throws -> SealingKey {
        guard let key = SealingKey([UInt8](repeating: 7, count: SealingKey.keyByteCount)) else {
            throw NoKey()
        }
        return key
    }

    func get(_ target: String, fields: [HTTPField] = []) async -> HTTPResponse {
        await responder.respond(to: HTTPRequest(target: target, fields: fields)).joined()
    }

    // MARK: Answers

    /// An image of which everything is known, and one of which nothing is.
    static var images: [Image] {
        var full = Image(provider: "gmi", region: "us-1", nativeID: "1", name: "Ubuntu 22.04")
        full.description = "text"
        full.os = OperatingSystem(
            family: .linux,
            distribution: "ubuntu",
            version: "22.04",
            label: "Ubuntu"
        )
        full.architecture = .arm64
        (full.visibility, full.status, full.bootMode) = (.public, .available, .uefi)
        (full.sizeBytes, full.minDiskGB, full.minRAMMB) = (1, 2, 3)
        full.createdAt = Timestamp(seconds: 1_600_000_000)
        full.updatedAt = full.createdAt
        full.tags = ["env=prod"]
        full.raw = Array("{\"any\":[1]}".utf8)
        return [full, Image(provider: "gmi", region: "us-1", nativeID: "2", name: "")]
    }

    /// An answer in which every member occurs, with and without a value.
    static func list() -> ListAnswer {
        var builder = SnapshotBuilder(upstream: "gmi-us")
        images.forEach { builder.append($0) }
        let page = Catalog([builder.finish()]).evaluate(
            CatalogRequest(
                facets: FacetField.allCases,
                limit: 10,
                fields: FieldSelection(Set(FieldSelection.Member.allCases))
            )
        )
        return ListAnswer(
            page: page,
            nextCursor: "c",
            upstreams: [goodEntry] + UpstreamError.Code.allCases.map(failedEntry),
            generation: 1,
            validUntil: nil,
            fingerprint: 1
        )
    }

    private static var goodEntry: UpstreamEntry {
        UpstreamEntry(
            name: UpstreamName(id: "gmi-us", provider: "gmi", region: "us-1"),
            state: .fresh,
            isComplete: true,
            matched: 2,
            fetchedAt: "2026-03-01T10:00:00Z",
            age: .seconds(1),
            latency: .milliseconds(5),
            error: nil,
            explanation: UpstreamEntry.Explanation(
                pushedDown: [Pushdown.Parameter("idc", ["us-1"])],
                couldPushDown: [],
                images: 2,
                breaker: BreakerStanding(name: "half-open", nextProbe: .seconds(3)),
                cache: UpstreamEntry.Cache(
                    state: .cached,
                    images: 2,
                    age: .seconds(1),
                    ttl: .seconds(600),
                    isLoading: false
                ),
                walks: 1,
                calls: 2,
                retries: 0,
                waited: .milliseconds(5),
                drift: ["size:value": 1]
            )
        )
    }

    private static func failedEntry(_ code: UpstreamError.Code) -> UpstreamEntry {
        UpstreamEntry(
            name: UpstreamName(id: "other", provider: "gmi", region: nil),
            state: .failed,
            isComplete: false,
            matched: 0,
            fetchedAt: nil,
            age: nil,
            latency: nil,
            error: UpstreamError(
                code,
                "text",
                status: 500,
                providerCode: "E",
                retryAfter: .seconds(2)
            ),
            explanation: nil
        )
    }
}
