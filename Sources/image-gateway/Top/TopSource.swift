internal import CurlClient
internal import EventLoops
internal import JSONText
internal import MonotonicTime
internal import Upstreams

/// Reads the admin port of a running gateway.
struct TopSource {
    private let base: String
    private let key: String?
    private let transport: CurlTransport
    private let policy: TransportPolicy

    private static let answerTimeout = Duration.seconds(5)
    private static let bodyBytesMax = 16 << 20

    init(base: String, key: String?, authorities: AuthorityBundle?, on loop: EventLoop) throws {
        self.base = base
        self.key = key
        policy = TransportPolicy(bodyBytesMax: Self.bodyBytesMax, authorities: authorities)
        transport = try CurlTransport(loop: loop, version: Version.number)
    }

    func read() async throws(QueryFailure) -> TopReading {
        let metrics = try await get("/metrics")
        let upstreams = try await get("/v1/upstreams")
        guard let entries = (try? JSONValue(parsing: upstreams))?["upstreams"]?.arrayValue else {
            throw QueryFailure(lines: ["\(base)/v1/upstreams is not answered like a gateway does"])
        }
        return TopReading(
            metrics: MetricsText(String(decoding: metrics, as: UTF8.self)),
            upstreams: entries,
            at: .now
        )
    }

    private func get(_ path: String) async throws(QueryFailure) -> [UInt8] {
        var fields: [UpstreamField] = []
        if let key { fields.append(UpstreamField("authorization", "Bearer \(key)")) }
        let response: UpstreamResponse
        do throws(UpstreamError) {
            response = try await transport.send(
                UpstreamRequest(url: base + path, fields: fields),
                policy: policy,
                deadline: .now + Self.answerTimeout
            )
        } catch {
            throw QueryFailure(lines: [
                "no answer from \(base)\(path): \(error.messageOfGateway)",
                "a gateway has such a port with admin: { address: \"127.0.0.1:8081\" } in its configuration, a demo "
                    + "with --admin 127.0.0.1:8081",
            ])
        }
        if response.status == 200 { return response.body }
        throw QueryFailure(lines: ["\(base)\(path): \(refusal(response.status))"])
    }

    private func refusal(_ status: Int) -> String {
        switch status {
        case 401:
            key == nil
                ? "it wants the admin key; put it into the environment, IMAGE_GATEWAY_ADMIN_KEY"
                : "it does not accept the key in IMAGE_GATEWAY_ADMIN_KEY"
        case 404: "404; is that the admin port, admin.address in the configuration?"
        default: "status \(status)"
        }
    }
}
