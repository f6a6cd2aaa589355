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
            return await ControlRoutes(world: world, simulator: self).respond(to: request)
        }
        guard let dialect = dialect(of: request.path) else { return unknownRoute }
        let configuration = world.configuration
        if configuration.latency > .zero { await configuration.sleep(configuration.latency) }
        let provider = type(of: dialect).provider
        let now = configuration.now()
        let rules = world.faults.suffering(provider, now: now)
        let clock = FaultBoard.clock(rules, provider, now: now)
        let answer = await dialect.answer(request, now: clock)
        world.count(provider, answer)
        guard !rules.isEmpty else { return answer.response }
        return world.faults.tell(answer, request, provider, rules)
    }

    // MARK: Ports of single providers

    /// What to serve on a port of `provider` alone.
    public func door(of provider: SimulatedProvider) -> ProviderDoor {
        ProviderDoor(provider, self)
    }

    func greeting(at provider: SimulatedProvider) -> WireScript? {
        world.faults.greeting(provider, now: world.configuration.now())
    }

    /// Whether the provider's own port should be closed now.
    public func isRefused(_ provider: SimulatedProvider) -> Bool {
        world.faults.isRefused(provider, now: world.configuration.now())
    }

    /// Whether each provider is to have a port of its own.
    public var hasDoors: Bool { world.configuration.hasDoors }

    /// Whether new connections to the provider's own port meet a fault now.
    public func hasDoorFault(_ provider: SimulatedProvider) -> Bool {
        world.faults.hasDoorFault(provider, now: world.configuration.now())
    }

    /// How long until a fault ends by itself; `nil` where none will.
    public var nextFaultEnd: Duration? {
        let now = world.configuration.now()
        return world.faults.nextEnd(now: now).map { .microseconds($0 - now) }
    }

    /// Calls `action` whenever `setFaults` switches other faults on; they are at work once it returns.
    public func onFaultsChanged(_ action: @escaping @Sendable () async -> Void) {
        world.faults.observe(action)
    }

    /// Switches faults on, all others off, also where ports must open or close for it; what the control route
    /// does. `nil`, or what is wrong.
    public func setFaults(_ body: [UInt8]) async -> String? {
        if let complaint = loadFaults(body) { return complaint }
        await world.faults.settle()
        return nil
    }

    /// As `setFaults`, before there are ports.
    public func loadFaults(_ body: [UInt8]) -> String? {
        do throws(ControlError) {
            let configuration = world.configuration
            let programme = try FaultProgramme(
                body,
                now: configuration.now(),
                configuration.words
            )
            if !hasDoors { try programme.checkDoors() }
            world.faults.replace(programme)
            return nil
        } catch {
            return error.message
        }
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
            "control      GET  /__simulator/truth, /__simulator/requests, /__simulator/faults; "
                + "POST /__simulator/images, /__simulator/faults",
        ]
        return .text(
            "Nothing is served here. The simulated providers:\n\(paths.joined(separator: "\n"))\n",
            status: 404
        )
    }
}
