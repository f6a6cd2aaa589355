internal import CurlClient
internal import EventLoops
internal import GatewayAPI
internal import MonotonicTime
internal import Upstreams

/// A gateway that runs elsewhere.
struct RemoteSource: QuerySource {
    private let base: String
    private let key: String?
    private let transport: CurlTransport
    private let policy: TransportPolicy
    let isLocal = false

    /// One answer may take this long, whatever the gateway's own deadline.
    private static let answerTimeout = Duration.seconds(60)
    private static let bodyBytesMax = 256 << 20

    init(base: String, key: String?, authorities: AuthorityBundle?, on loop: EventLoop) throws {
        self.base = base
        self.key = key
        policy = TransportPolicy(bodyBytesMax: Self.bodyBytesMax, authorities: authorities)
        transport = try CurlTransport(loop: loop, version: Version.number)
    }

    func get(_ target: String) async throws(QueryFailure) -> (status: Int, body: [UInt8]) {
        var fields = [UpstreamField("accept", "application/json, application/problem+json")]
        if let key { fields.append(UpstreamField("authorization", "Bearer \(key)")) }
        do throws(UpstreamError) {
            let response = try await transport.send(
                UpstreamRequest(url: base + target, fields: fields),
                policy: policy,
                deadline: .now + Self.answerTimeout
            )
            return (response.status, response.body)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: UpstreamError) -> QueryFailure {
        var lines = ["no answer from \(base): \(error.messageOfGateway)"]
        if error.code == .connectionFailed {
            lines.append(
                "run one with 'image-gateway demo' or 'image-gateway serve', or ask without a server: "
                    + "--config FILE or --demo"
            )
        }
        return QueryFailure(lines: lines)
    }
}

extension UpstreamError {
    /// For commands that ask a gateway: to them it is no upstream.
    var messageOfGateway: String { message.replacing("the upstream", with: "the gateway") }
}
