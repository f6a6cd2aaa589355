internal import Configuration
internal import Cryptography
internal import CurlClient
internal import EventLoops
internal import Federation
internal import GatewayAPI
internal import HTTPServing
internal import HTTPWire
internal import Observability
internal import Providers
internal import Synchronization
internal import Upstreams

/// A running gateway: wires the parts together and decides nothing.
final class Gateway: Sendable {
    private let threads: Threads
    private let log: ProcessLog
    private let transport: CurlTransport
    private let environment: WalkEnvironment
    private let requestIDs: RequestIDs
    private let randomCursorKey = SecureRandom.bytes(SealingKey.keyByteCount)
    private let responders = Mutex<[GatewayResponder]>([])
    private let current: Mutex<Current>
    private let servers = Mutex<[HTTPServer]>([])
    private let isDraining = Mutex(false)
    private let adminResponder = Mutex<AdminResponder?>(nil)

    private struct Current {
        var configuration: GatewayConfiguration
        var service: GatewayService
    }

    init(configuration: GatewayConfiguration, threads: Threads, log: ProcessLog)
        throws(UpstreamError)
    {
        self.threads = threads
        self.log = log
        transport = try CurlTransport(loop: threads.main, version: Version.number)
        environment = WalkEnvironment(
            transport: transport,
            timekeeper: LoopTimekeeper(loop: threads.main),
            executor: threads.main,
            seed: Self.randomNumber()
        )
        requestIDs = RequestIDs(seed: Self.randomNumber())
        let service = try Self.service(
            configuration,
            environment: environment,
            fallbackCursorKey: randomCursorKey,
            reusing: []
        )
        current = Mutex(Current(configuration: configuration, service: service))
    }

    private static func randomNumber() -> UInt64 {
        SecureRandom.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    var configuration: GatewayConfiguration { current.withLock { $0.configuration } }
    var service: GatewayService { current.withLock { $0.service } }

    // MARK: Service

    /// What `configuration` amounts to. Upstreams that did not change keep their lists and connections.
    private static func service(
        _ configuration: GatewayConfiguration,
        environment: WalkEnvironment,
        fallbackCursorKey: [UInt8],
        reusing old: [UpstreamNode]
    ) throws(UpstreamError) -> GatewayService {
        let publications = old.first?.publications ?? Publications()
        var nodes: [UpstreamNode] = []
        for upstream in configuration.upstreams {
            if let kept = old.first(where: {
                $0.settings == upstream.settings && $0.policy == upstream.policy
            }) {
                nodes.append(kept)
                continue
            }
            nodes.append(
                UpstreamNode(
                    settings: upstream.settings,
                    policy: upstream.policy,
                    adapter: try ProviderRegistry.makeAdapter(settings: upstream.settings),
                    environment: environment,
                    publications: publications
                )
            )
        }
        guard let key = SealingKey(configuration.cursorKey?.revealed ?? fallbackCursorKey) else {
            throw UpstreamError(.misconfigured, "cursor_key does not have 32 bytes")
        }
        publications.publish()
        return GatewayService(
            federation: Federation(
                nodes: nodes,
                publications: publications,
                sealer: CursorSealer(key: key)
            ),
            configuration: configuration,
            providers: ProviderRegistry.descriptors.map(\.name),
            now: environment.timekeeper.now
        )
    }

    /// A responder for one loop, kept up to date over reloads.
    func makeResponder(on loop: EventLoop, access: Bool) -> GatewayResponder {
        let responder = GatewayResponder(
            service: service,
            timekeeper: LoopTimekeeper(loop: loop),
            requestIDs: requestIDs,
            observer: AccessLog(log: log, isEnabled: access)
        )
        responders.withLock { $0.append(responder) }
        return responder
    }

    // MARK: Life

    /// Listens; returns the public address. Fails with the reason.
    func start(reload: @escaping @Sendable () async -> String?) throws(ServerError) -> BoundAddress
    {
        let configuration = self.configuration
        let server = HTTPServer(
            configuration: HTTPServer.Configuration(
                address: configuration.listen.address.description,
                limits: limits(configuration.limits),
                tls: configuration.listen.tls.map(Self.tls)
            ),
            loops: threads.serving,
            events: ServingLog(log: log)
        ) { [self] index in
            makeResponder(on: threads.serving[index], access: configuration.log.access)
        }
        let address = try server.start()
        servers.withLock { $0.append(server) }
        if let admin = configuration.admin { try startAdmin(admin, reload) }
        return address
    }

    private static func tls(_ tls: Configuration.TLSConfiguration) -> HTTPServing.TLSConfiguration {
        HTTPServing.TLSConfiguration(
            certificateFile: tls.certificate,
            keyFile: tls.key,
            clientAuthorityFile: tls.clientCA,
            requiresClientCertificate: tls.clientCA != nil
        )
    }

    private func limits(_ configured: LimitsConfiguration) -> ServerLimits {
        var limits = ServerLimits()
        limits.headBytesMax = configured.headBytesMax
        limits.headTime = configured.headTimeout
        limits.idleTime = configured.idleTimeout
        limits.connectionsPerLoopMax = max(1, configured.connectionsMax / threads.serving.count)
        return limits
    }

    private func startAdmin(
        _ admin: AdminConfiguration,
        _ reload: @escaping @Sendable () async -> String?
    ) throws(ServerError) {
        let responder = AdminResponder(
            service: service,
            timekeeper: LoopTimekeeper(loop: threads.serving[0]),
            requestIDs: requestIDs,
            controls: AdminResponder.Controls(
                key: admin.key.map { Array($0.revealed.utf8) },
                metrics: { [self] in metrics() },
                reload: reload,
                isReady: { [self] in !isDraining.withLock { $0 } }
            )
        )
        let server = HTTPServer(
            configuration: HTTPServer.Configuration(address: admin.address.description),
            loops: [threads.serving[0]]
        ) { _ in responder }
        let address = try server.start()
        servers.withLock { $0.append(server) }
        adminResponder.withLock { $0 = responder }
        log.event("info", "admin port on http://\(address)")
    }

    /// Takes over a new configuration; what is in flight ends under the old one.
    /// Returns what changed, in words.
    func replace(_ configuration: GatewayConfiguration) throws(UpstreamError) -> String {
        let change = ConfigurationChange.between(self.configuration, configuration)
        let service = try Self.service(
            configuration,
            environment: environment,
            fallbackCursorKey: randomCursorKey,
            reusing: self.service.federation.nodes
        )
        // What can fail comes first: a refused configuration has changed nothing.
        try reloadCertificates(configuration)
        current.withLock { $0 = Current(configuration: configuration, service: service) }
        for responder in responders.withLock({ $0 }) { responder.replace(service) }
        adminResponder.withLock { $0?.replace(service) }
        return change.description
    }

    /// Certificates are read again on every reload: the files may have been renewed under the same names.
    private func reloadCertificates(
        _ configuration: GatewayConfiguration
    ) throws(UpstreamError) {
        guard let tls = configuration.listen.tls, let server = servers.withLock({ $0.first }) else {
            return
        }
        do throws(ServerError) {
            try server.reloadTLS(Self.tls(tls))
        } catch {
            throw UpstreamError(.misconfigured, "listen.tls: \(error.message)")
        }
    }

    /// Finishes what is in flight and stops listening.
    func drain() async {
        isDraining.withLock { $0 = true }
        let limit = configuration.limits.drainTimeout
        for server in servers.withLock({ $0 }) {
            let outcome = await server.drain(within: limit)
            if outcome.abortedConnectionCount > 0 {
                log.event(
                    "warning",
                    "\(outcome.abortedConnectionCount) connections were cut off at the end of drain_timeout"
                )
            }
        }
        transport.close()
    }

    private func metrics() -> String {
        GatewayMetrics.text(service.federation.nodes, now: environment.timekeeper.now)
    }
}

/// What the server tells of itself, for the log.
struct ServingLog: ServerEvents {
    let log: ProcessLog

    func acceptPaused(_ error: SystemError) {
        log.event("error", "no new connections for a moment: \(error)")
    }

    func acceptResumed() {
        log.event("info", "new connections are accepted again")
    }
}
