internal import Dispatch
internal import HTTPWire
internal import ImageModel
internal import Observability
internal import ProviderSimulators
internal import Providers
internal import Synchronization
internal import Upstreams

/// All pages of one simulated provider, asked for by its adapter and kept as they came.
struct DialectPages: Sendable {
    let name: String
    private let adapter: any ProviderAdapter
    private var pages: [Page] = []

    private struct Page: Sendable {
        let position: PagePosition
        let response: UpstreamResponse
    }

    private static let origin = "http://127.0.0.1:9100"
    /// 2026-01-01T00:00:00Z, for both sides.
    private static let date = Timestamp(seconds: 1_767_225_600)

    var byteCount: Int { pages.reduce(0) { $0 + $1.response.body.count } }

    /// Decodes every page; how many images they hold.
    @inline(never)
    func decode() throws(UpstreamError) -> Int {
        var imageCount = 0
        for page in pages {
            imageCount += try adapter.decodePage(page.response, at: page.position).images.count
        }
        return imageCount
    }

    /// The first dialect of every provider.
    static func all(imageCount: Int) throws -> [DialectPages] {
        let simulator = ProviderSimulator(
            configuration: SimulatorConfiguration(
                imageCount: imageCount,
                now: { date.microseconds },
                sleep: { _ in }
            )
        )
        return try SimulatedProvider.allCases.map { provider in
            try wait { try await DialectPages(provider, simulator) }
        }
    }

    private init(_ provider: SimulatedProvider, _ simulator: ProviderSimulator) async throws {
        name = provider.rawValue
        adapter = try ProviderRegistry.makeAdapter(settings: Self.settings(provider))
        var next: PagePosition? = .first
        while let position = next {
            let request = try adapter.pageRequest(
                at: position,
                pushdown: nil,
                session: nil,
                date: Self.date
            )
            let answer = await simulator.respond(to: Self.request(request))
            let response = UpstreamResponse(status: answer.status, body: answer.body)
            next = try adapter.decodePage(response, at: position).next
            pages.append(Page(position: position, response: response))
        }
    }

    private static func request(_ request: UpstreamRequest) -> HTTPRequest {
        HTTPRequest(
            method: request.method,
            target: String(request.url.dropFirst(origin.count)),
            fields: [HTTPField("host", "127.0.0.1:9100")]
                + request.fields.map { HTTPField($0.name.lowercased(), $0.value) },
            body: request.body,
            peer: HTTPPeer(address: "127.0.0.1")
        )
    }

    private static func settings(_ provider: SimulatedProvider) -> UpstreamSettings {
        let accepted = SimulatorCredentials()
        let (region, credentials): (String?, [String: String]) =
            switch provider {
            case .aries: (nil, ["username": accepted.user, "password": accepted.password])
            case .zenlayer:
                (
                    "FRA-A",
                    ["access_key_id": accepted.keyID, "access_key_password": accepted.secret]
                )
            case .huaweiIMS:
                (
                    "cn-north-4",
                    [
                        "access_key": accepted.keyID, "secret_key": accepted.secret,
                        "project_id": accepted.projectID,
                    ]
                )
            case .tencentCVM:
                ("ap-guangzhou", ["secret_id": accepted.keyID, "secret_key": accepted.secret])
            case .gmi: (nil, ["token": accepted.token])
            }
        return UpstreamSettings(
            id: provider.rawValue,
            provider: provider.rawValue,
            region: region,
            endpoint: origin,
            credentials: credentials.mapValues { Redacted($0) }
        )
    }

    /// Blocks this thread, which has nothing else to do, until `body` has run on another.
    private static func wait<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let outcome = Outcome<Value>()
        let isDone = DispatchSemaphore(value: 0)
        Task {
            let result: Result<Value, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            outcome.result.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        guard let result = outcome.result.withLock({ $0 }) else {
            throw Unmeasured(reason: "the simulator gave no pages")
        }
        return try result.get()
    }

    private final class Outcome<Value: Sendable>: Sendable {
        let result = Mutex<Result<Value, any Error>?>(nil)
    }
}
