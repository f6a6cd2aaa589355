public import HTTPWire
import JSONText

/// The other side of every provider API, all on one port: their documented paths do not collide.
///
/// One instance may be shared by all loops. Signatures, tokens, clocks, parameters and pages are checked
/// as the providers document it; errors come in their own envelopes and statuses. Rows follow from the
/// seed: equal configurations give equal bytes. The accepted credentials are `SimulatorCredentials`.
public final class ProviderSimulator: Responder {
    private let world: SimulatorWorld

    public init(configuration: SimulatorConfiguration) {
        world = SimulatorWorld(configuration)
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        if request.path.hasPrefix(ControlRoutes.prefix) {
            return await ControlRoutes(world: world).respond(to: request)
        }
        guard let dialect = dialect(of: request.path) else { return unknownRoute }
        let configuration = world.configuration
        if configuration.latency > .zero { await configuration.sleep(configuration.latency) }
        let answer = await dialect.answer(request, now: configuration.now())
        world.count(type(of: dialect).provider, answer)
        return answer.response
    }

    private func dialect(of path: Substring) -> (any Dialect)? {
        if path == "/" || path == TencentDialect.legacyPath { return TencentDialect(world: world) }
        if path.hasPrefix("/aries/") { return AriesDialect(world: world) }
        if path == ZenlayerDialect.path { return ZenlayerDialect(world: world) }
        if HuaweiDialect.serves(path) { return HuaweiDialect(world: world) }
        if GMIDialect.serves(path) { return GMIDialect(world: world) }
        return nil
    }

    private var unknownRoute: HTTPResponse {
        let paths = [
            "aries        GET  /aries/api/v1/image/list",
            "zenlayer     POST /api/v2/vm",
            "huawei-ims   GET  /v2/images, /v2/images/{id}, /v2/cloudimages; POST /v3/auth/tokens",
            "tencent-cvm  POST / (3.0); GET, POST /v2/index.php (2017)",
            "gmi          GET  /api/v1/images, /api/v1/images/{id}; /api/me/…, /api/v1/me/…",
            "control      GET  /__simulator/truth, /__simulator/requests; POST /__simulator/images",
        ]
        return .text(
            "Nothing is served here. The simulated providers:\n\(paths.joined(separator: "\n"))\n",
            status: 404
        )
    }
}
