import Catalogs
import Configuration
import Cryptography
import HTTPWire
import ImageModel
import MonotonicTime
import Observability
import Synchronization
import TestKit
import Upstreams

@testable import Federation
@testable import GatewayAPI

/// A gateway over one upstream in memory with forty images; time stands still until a test moves it.
struct SampleCloud {
    let responder: GatewayResponder
    let nodes: [UpstreamNode]
    let time = ManualTime()
    /// Of the answers so far.
    var temperatures: [Temperature] { observer.temperatures.withLock { $0 } }

    /// Status and problem of each.
    var outcomes: [Outcome] { observer.outcomes.withLock { $0 } }

    struct Outcome: Equatable {
        var status: Int
        var problem: String?
    }

    private let observer = Observer()

    /// Seconds since 1970 at which time stands.
    static let date = Timestamp(seconds: 1_700_000_000)

    private struct StoppedClock: Timekeeper {
        let time: ManualTime
        var now: MonotonicClock.Instant { time.now }
        let date = SampleCloud.date

        func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
            await time.sleep(until: deadline)
            if Task.isCancelled { throw CancellationError() }
        }
        /// Time moves between requests alone, so nothing ever comes due.
        func call(
            at deadline: MonotonicClock.Instant,
            _ action: @escaping @Sendable () -> Void
        ) -> @Sendable () -> Void {
            {}
        }
    }

    private final class Observer: RequestObserver {
        let temperatures = Mutex<[Temperature]>([])
        let outcomes = Mutex<[Outcome]>([])

        func answered(
            _ record: borrowing RequestRecord,
            client: String?,
            peer: String,
            target: Span<UInt8>
        ) {
            let temperature = record.temperature
            temperatures.withLock { $0.append(temperature) }
            let outcome = Outcome(status: record.status, problem: record.problem)
            outcomes.withLock { $0.append(outcome) }
        }
        func refused(_ record: RefusalRecord) {}
        func cached(answerCount: Int, byteCount: Int) {}
    }

    private struct Transport: UpstreamTransport {
        let failure: UpstreamError?
        let unreadableCount: Int

        func send(
            _ request: UpstreamRequest,
            policy: TransportPolicy,
            deadline: MonotonicClock.Instant,
            hedge: Hedge?
        ) async throws(UpstreamError) -> UpstreamResponse {
            if let failure { throw failure }
            return UpstreamResponse(
                status: 200,
                fields: [UpstreamField("unreadable", "\(unreadableCount)")]
            )
        }
    }

    private struct Adapter: ProviderAdapter {
        static let descriptor = ProviderDescriptor(
            name: "gmi",
            summary: "a cloud in memory",
            region: .required,
            defaultEndpoint: nil,
            credentialForms: []
        )
        let session: (any SessionAuthentication)? = nil

        init(settings: UpstreamSettings) throws(UpstreamError) {}

        func pushdown(for query: ImageQuery) -> Pushdown? { nil }

        func pageRequest(
            at position: PagePosition,
            pushdown: Pushdown?,
            session: Session?,
            date: Timestamp
        ) throws(UpstreamError) -> UpstreamRequest {
            UpstreamRequest(url: "fake://list")
        }

        func decodePage(
            _ response: UpstreamResponse,
            at position: PagePosition
        ) throws(UpstreamError) -> ListPage {
            ListPage(
                images: (0..<40).map {
                    Image(provider: "gmi", region: "us", nativeID: "\($0)", name: "image \($0)")
                },
                unreadableCount: response.value(of: "unreadable").flatMap { Int($0) } ?? 0
            )
        }
    }

    private struct NoKey: Error {}

    /// With `failure` the upstreams never give anything else; `unreadableCount` of their elements cannot be read. Unless
    /// `isEnabled` they are switched off.
    init(
        clients: [ClientConfiguration]? = nil,
        origins: [String] = [],
        coldRequestsMax: Int = 16,
        failure: UpstreamError? = nil,
        unreadableCount: Int = 0,
        isEnabled: Bool = true,
        keySets: (TokenClientConfiguration.KeySource) -> KeySetStore = Self.noKeySets
    ) throws {
        let clock = StoppedClock(time: time)
        let publications = Publications()
        let settings = ["seen", "hidden"].map {
            UpstreamSettings(id: $0, provider: "gmi", region: "us", endpoint: "fake://")
        }
        let environment = WalkEnvironment(
            transport: Transport(failure: failure, unreadableCount: unreadableCount),
            timekeeper: clock,
            seed: 1
        )
        nodes = try settings.map {
            UpstreamNode(
                settings: $0,
                policy: UpstreamPolicy(enabled: isEnabled),
                adapter: try Adapter(settings: $0),
                environment: environment,
                publications: publications
            )
        }
        guard let key = SealingKey([UInt8](repeating: 7, count: SealingKey.keyByteCount)) else {
            throw NoKey()
        }
        let federation = Federation(
            nodes: nodes,
            publications: publications,
            sealer: CursorSealer(key: key)
        )
        var configuration = GatewayConfiguration(
            upstreams: settings.map {
                UpstreamConfiguration(settings: $0, policy: UpstreamPolicy())
            }
        )
        configuration.clients = clients
        configuration.cors.origins = origins
        configuration.limits.coldRequestsMax = coldRequestsMax
        responder = GatewayResponder(
            service: GatewayService(
                federation: federation,
                configuration: configuration,
                providers: ["gmi"],
                now: clock.now,
                keySets: keySets
            ),
            timekeeper: clock,
            requestIDs: RequestIDGenerator(processSeed: 1, loop: 0),
            observer: observer,
            tracer: Tracer(seed: 1)
        )
    }

    /// For gateways whose clients show no tokens.
    static func noKeySets(_ source: TokenClientConfiguration.KeySource) -> KeySetStore {
        preconditionFailure("no client of this gateway shows tokens")
    }

    func get(
        _ target: String,
        _ fields: [HTTPField] = [],
        peer: HTTPPeer = HTTPPeer()
    ) async -> HTTPResponse {
        await responder.respond(to: HTTPRequest(target: target, fields: fields, peer: peer))
            .joined()
    }

    /// What is answered without a task; `nil` where a task is needed.
    func atOnce(
        _ target: String,
        _ lines: [String] = [],
        peer: HTTPPeer = HTTPPeer()
    ) throws -> String? {
        let text = (["GET \(target) HTTP/1.1", "Host: x"] + lines + ["", ""]).joined(
            separator: "\r\n"
        )
        var head = RequestHead(byteCount: text.utf8.count)
        head.bytes = Array(text.utf8)
        head.peer = peer
        var parser = RequestHeadParser()
        _ = try parser.parse(&head, filled: head.bytes.count, limits: ServerLimits())
        var answer: String?
        let isAnswered = responder.answerAtOnce(head) { bytes in
            answer = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        return isAnswered ? answer : nil
    }

    /// What is answered to the bytes of a head that were met before; `nil` where they must be read.
    func again(_ target: String, _ lines: [String] = []) -> String? {
        let text = (["GET \(target) HTTP/1.1", "Host: x"] + lines + ["", ""]).joined(
            separator: "\r\n"
        )
        var answer: String?
        let isAnswered = responder.answerAgain(text.utf8.span, from: "", isTLS: false) { bytes in
            answer = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
        return isAnswered ? answer : nil
    }
}
