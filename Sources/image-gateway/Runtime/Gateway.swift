internal import Configuration
internal import Cryptography
internal import CurlClient
internal import EventLoops
internal import Federation
internal import GatewayAPI
internal import HTTPServing
internal import HTTPWire
internal import MonotonicTime
internal import Observability
internal import Providers
internal import Synchronization
internal import Upstreams

/// A running gateway: wires the parts together and decides nothing.
final class Gateway: Sendable {
    private let threads: Threads
    private let log: ProcessLog
    private let transport: CurlTransport
    private let metrics: GatewayMetrics
    private let environments: UpstreamEnvironments
    private let tracer: Tracer
    private let exporter: TraceExporter
    private let keySets: KeySets
    private let processSeed = Gateway.randomNumber()
    /// Responders made so far; each counts its requests under a seed of its own.
    private let responderCount = Atomic<Int>(0)
    private let accessLogs = Mutex<[AccessLog]>([])
    private let randomCursorKey = SecureRandom.bytes(SealingKey.keyByteCount)
    private let responders = Mutex<[GatewayResponder]>([])
    private let current: Mutex<Current>
    private let server = Mutex<HTTPServer?>(nil)
    private let admin = Mutex<AdminPort?>(nil)
    private let isDraining = Mutex(false)
    /// What it was started with: some keys keep that value until a restart.
    private let started: GatewayConfiguration
    private let certificates: Mutex<CertificateFiles>
    /// Where lists outlive the process; `nil`: nowhere.
    private let state: StateStore?

    private struct Current {
        var configuration: GatewayConfiguration
        var service: GatewayService
    }

    private struct AdminPort {
        var server: HTTPServer
        var responder: AdminResponder
        var trace: AdminTrace
        var address: BoundAddress
    }

    init(
        configuration: GatewayConfiguration,
        threads: Threads,
        log: ProcessLog,
        state: StateStore? = nil
    ) throws(UpstreamError) {
        self.threads = threads
        self.log = log
        self.state = state
        started = configuration
        certificates = Mutex(CertificateFiles(configuration.listen.tls))
        transport = try CurlTransport(loops: threads.all, version: Version.number)
        let timekeeper = LoopTimekeeper(loops: threads.all)
        tracer = Tracer(seed: Self.randomNumber())
        exporter = TraceExporter(
            tracer: tracer,
            transport: transport,
            loop: threads.main,
            log: log,
            instance: Self.randomNumber()
        )
        metrics = GatewayMetrics(log: log, timekeeper: timekeeper, exporter: exporter)
        environments = UpstreamEnvironments(
            transport: transport,
            timekeeper: timekeeper,
            loops: threads.all,
            metrics: metrics.upstreams,
            tracer: tracer,
            keeper: state,
            log: log
        )
        keySets = KeySets(transport: transport, loop: threads.main, log: log)
        let service = try Self.service(
            configuration,
            environments: environments,
            keySets: keySets,
            fallbackCursorKey: randomCursorKey,
            after: nil
        )
        current = Mutex(Current(configuration: configuration, service: service))
        metrics.upstreams.replace(service.federation.nodes)
        metrics.declareCertificate { [weak self] in
            self?.server.withLock { $0?.certificateValidity }
        }
        if let state { metrics.declare(state.counts) }
        log.follow(configuration.log)
        exporter.follow(configuration.tracing)
    }

    static func randomNumber() -> UInt64 {
        SecureRandom.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    var configuration: GatewayConfiguration { current.withLock { $0.configuration } }
    var service: GatewayService { current.withLock { $0.service } }
    /// Where the admin port is; `nil` without one.
    var adminAddress: BoundAddress? { admin.withLock { $0?.address } }
    /// What `/metrics` answers.
    var metricsText: String { metrics.text }
    /// Every family that `/metrics` may show.
    var metricNames: Set<String> { metrics.names }

    // MARK: Service

    /// An upstream that is switched off may lack what it would need.
    static func adapter(
        _ upstream: UpstreamConfiguration
    ) throws(UpstreamError) -> any ProviderAdapter {
        do {
            return try ProviderRegistry.makeAdapter(settings: upstream.settings)
        } catch {
            if !upstream.policy.enabled { return DormantAdapter(settings: upstream.settings) }
            throw UpstreamError(error.code, "\(upstream.settings.id): \(error.message)")
        }
    }

    /// What `configuration` amounts to. Upstreams that did not change keep their lists and connections.
    private static func service(
        _ configuration: GatewayConfiguration,
        environments: UpstreamEnvironments,
        keySets: KeySets,
        fallbackCursorKey: [UInt8],
        after earlier: GatewayService?
    ) throws(UpstreamError) -> GatewayService {
        let old = earlier?.federation.nodes ?? []
        let publications = old.first?.publications ?? Publications()
        var nodes: [UpstreamNode] = []
        for upstream in configuration.upstreams {
            if let kept = old.first(where: {
                $0.settings == upstream.settings && $0.policy == upstream.policy
            }) {
                nodes.append(kept)
                continue
            }
            let node = UpstreamNode(
                settings: upstream.settings,
                policy: upstream.policy,
                adapter: try adapter(upstream),
                environment: environments.environment(upstream.settings),
                publications: publications,
                // Treated otherwise, it still is the same.
                after: old.first { $0.settings == upstream.settings }
            )
            nodes.append(node)
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
            now: environments.timekeeper.now,
            after: earlier,
            keySets: keySets.store
        )
    }

    /// A responder for one loop, kept up to date over reloads.
    func makeResponder(on loop: EventLoop, access: Bool) -> GatewayResponder {
        makeResponder(
            on: loop,
            AccessLog(loop: loop, writer: log.makeAccessWriter(), isEnabled: access)
        )
    }

    private func makeResponder(on loop: EventLoop, _ accessLog: AccessLog) -> GatewayResponder {
        let responder = GatewayResponder(
            service: service,
            timekeeper: LoopTimekeeper(loop: loop),
            requestIDs: makeRequestIDs(),
            observer: LoopObserver(
                accessLog: accessLog,
                metrics: RequestMetrics(metrics.requests)
            ),
            tracer: tracer,
            responderCount: max(1, threads.serving.count)
        )
        responders.withLock { $0.append(responder) }
        return responder
    }

    /// For the public port: its log follows the configuration.
    private func makeServingResponder(on loop: EventLoop) -> GatewayResponder {
        let accessLog = AccessLog(
            loop: loop,
            writer: log.makeAccessWriter(),
            isEnabled: configuration.log.access
        )
        accessLogs.withLock { $0.append(accessLog) }
        return makeResponder(on: loop, accessLog)
    }

    func checkKeySets() async -> [KeySets.Check] { await keySets.check() }

    private func makeRequestIDs() -> RequestIDGenerator {
        let index = responderCount.wrappingAdd(1, ordering: .relaxed).oldValue
        return RequestIDGenerator(processSeed: processSeed, loop: index)
    }

    // MARK: Life

    /// Takes over the lists from before the start, on as many threads as there are cores. Before `start`, so
    /// that the first answer finds them.
    func restoreLists() {
        guard let state else { return }
        state.mentionOthers(than: service.federation.nodes.map(\.id))
        let rest = Mutex(service.federation.nodes.filter(\.policy.enabled)[...])
        threads.runEverywhere {
            while let node = rest.withLock({ $0.popFirst() }) {
                guard let list = state.read(node.settings), !node.restore(list) else { continue }
                self.log.event(
                    "info",
                    "\(node.id): its list in state_directory is too old to serve"
                )
            }
        }
    }

    /// Listens; returns the public address. Fails with the reason.
    func start(reload: @escaping @Sendable () async -> ReloadOutcome) throws(ServerError)
        -> BoundAddress
    {
        let configuration = self.configuration
        let server = HTTPServer(
            configuration: HTTPServer.Configuration(
                address: configuration.listen.address.description,
                limits: limits(configuration.limits),
                tls: configuration.listen.tls.map(Self.tls)
            ),
            loops: threads.serving,
            events: metrics.serving
        ) { [self] index in
            makeServingResponder(on: threads.serving[index])
        }
        let address = try server.start()
        self.server.withLock { $0 = server }
        keySets.serve()
        if let admin = configuration.admin { try startAdmin(admin, reload) }
        return address
    }

    static func tls(_ tls: Configuration.TLSConfiguration) -> HTTPServing.TLSConfiguration {
        HTTPServing.TLSConfiguration(
            certificateFile: tls.certificate,
            keyFile: tls.key,
            clientAuthorityFile: tls.clientCA,
            requiresClientCertificate: tls.clientCA != nil && tls.clientCertificate == .required
        )
    }

    private func limits(_ configured: LimitsConfiguration) -> ServerLimits {
        var limits = ServerLimits()
        // No route of the public port takes content; what comes all the same is gathered before it is refused.
        limits.bodyBytesMax = 8 << 10
        limits.headBytesMax = configured.headBytesMax
        limits.headTime = configured.headTimeout
        limits.requestTime = configured.headTimeout
        limits.idleTime = configured.idleTimeout
        limits.unsentBytesPerLoopMax = configured.unsentBytesMax / threads.serving.count
        let count = connectionsMax(configured)
        limits.connectionsPerLoopMax = max(1, count / threads.serving.count)
        return limits
    }

    /// As many connections as there are descriptors for, with some kept back for upstreams and files: whoever
    /// is one too many is told so, which running out of descriptors would not allow.
    private func connectionsMax(_ configured: LimitsConfiguration) -> Int {
        guard let available = ProcessFacts.descriptorCountMax else {
            return configured.connectionsMax
        }
        let reserve = ProcessFacts.descriptorReserve(
            adminConnections: Self.adminConnectionsMax,
            loops: threads.all.count
        )
        let room = available - min(reserve, available / 2)
        if room < configured.connectionsMax {
            log.event(
                "warning",
                "limits.connections_max is \(configured.connectionsMax), but \(available) descriptors leave "
                    + "room for \(room) connections; raise the limit (LimitNOFILE, ulimit -n)"
            )
        }
        return min(room, configured.connectionsMax)
    }

    private static let adminConnectionsMax = 64

    private func startAdmin(
        _ admin: AdminConfiguration,
        _ reload: @escaping @Sendable () async -> ReloadOutcome
    ) throws(ServerError) {
        let trace = AdminTrace(metrics, log: log, loop: threads.serving[0])
        let responder = AdminResponder(
            service: service,
            timekeeper: LoopTimekeeper(loop: threads.serving[0]),
            requestIDs: makeRequestIDs(),
            controls: AdminResponder.Controls(
                key: admin.key.map { Array($0.revealed.utf8) },
                metrics: { [self] in metricsText },
                reload: reload,
                isReady: { [self] in !isDraining.withLock { $0 } },
                answered: { trace.answered($0) }
            )
        )
        // Descriptors that are kept back for upstreams and files must not all go to whoever watches.
        var limits = ServerLimits()
        limits.connectionsPerLoopMax = Self.adminConnectionsMax
        // Its end comes behind that of the public port: whoever is kept alive must not hold it up.
        limits.drainIdleTime = .milliseconds(20)
        let server = HTTPServer(
            configuration: .init(address: admin.address.description, limits: limits),
            loops: [threads.serving[0]]
        ) { _ in responder }
        let address = try server.start()
        self.admin.withLock {
            $0 = AdminPort(server: server, responder: responder, trace: trace, address: address)
        }
        log.event("info", "admin port on http://\(address)")
    }

    /// Takes over a new configuration; what is in flight ends under the old one.
    /// Returns what changed, in words.
    func replace(_ configuration: GatewayConfiguration) throws(UpstreamError) -> String {
        let change = ConfigurationChange.between(
            self.configuration,
            configuration,
            running: started
        )
        let service = try Self.service(
            configuration,
            environments: environments,
            keySets: keySets,
            fallbackCursorKey: randomCursorKey,
            after: self.service
        )
        let adminKey = Self.adminKey(self.configuration.admin, configuration.admin)
        let certificates = CertificateFiles(configuration.listen.tls)
        // What can fail comes first: a refused configuration has changed nothing.
        do throws(UpstreamError) {
            try reloadCertificates(configuration)
        } catch {
            keySets.forget(allBut: self.configuration.keySources)
            throw error
        }
        let earlier = self.service
        current.withLock { $0 = Current(configuration: configuration, service: service) }
        Self.replace(earlier.federation.nodes, with: service.federation.nodes)
        keySets.keep(only: configuration.keySources)
        for responder in responders.withLock({ $0 }) { responder.replace(service) }
        admin.withLock { $0?.responder.replace(service, key: adminKey) }
        metrics.upstreams.replace(service.federation.nodes)
        log.follow(configuration.log)
        state?.mentionOthers(than: service.federation.nodes.map(\.id))
        exporter.follow(configuration.tracing)
        for accessLog in accessLogs.withLock({ $0 }) { accessLog.enable(configuration.log.access) }
        let isRenewed = self.certificates.withLock { old in
            defer { old = certificates }
            return old != certificates
        }
        guard isRenewed, !change.names("listen.tls") else { return change.description }
        return change.isEmpty ? "listen.tls (renewed)" : "\(change); listen.tls (renewed)"
    }

    private static func replace(_ old: [UpstreamNode], with new: [UpstreamNode]) {
        for node in old where !new.contains(where: { $0 === node }) { node.retire() }
        for node in new { node.takeEffect() }
    }

    /// A changed key is in force at once. The address of the port changes with a restart only, so a configuration without
    /// a key that means another address must not open the one that is still bound.
    static func adminKey(_ old: AdminConfiguration?, _ new: AdminConfiguration?) -> [UInt8]? {
        let key = new?.address == old?.address ? new?.key : new?.key ?? old?.key
        return key.map { Array($0.revealed.utf8) }
    }

    /// Certificates are read again on every reload: the files may have been renewed under the same names.
    private func reloadCertificates(
        _ configuration: GatewayConfiguration
    ) throws(UpstreamError) {
        // A plain listener stays plain until a restart.
        guard started.listen.tls != nil, let tls = configuration.listen.tls,
            let server = server.withLock({ $0 })
        else { return }
        do throws(ServerError) {
            try server.reloadTLS(Self.tls(tls))
        } catch {
            throw UpstreamError(.misconfigured, "listen.tls: \(error.message)")
        }
    }

    /// Finishes what is in flight and stops listening.
    func drain() async {
        isDraining.withLock { $0 = true }
        await drainServers(by: MonotonicClock.now + configuration.limits.drainTimeout)
        for accessLog in accessLogs.withLock({ $0 }) { await accessLog.finish() }
        await exporter.finish()
        await state?.finish(environments.timekeeper)
        keySets.keep(only: [])
        transport.close()
    }

    /// Until the public port has ended, the admin port says how it goes; what is open there then has a moment.
    private func drainServers(by deadline: MonotonicClock.Instant) async {
        func rest() -> Duration { max(.zero, MonotonicClock.now.duration(to: deadline)) }
        func report(_ outcome: HTTPServer.DrainOutcome?, _ words: String) {
            guard let count = outcome?.abortedConnectionCount, count > 0 else { return }
            log.event("warning", "\(count) connections \(words)")
        }
        let server = server.withLock { $0 }
        report(
            await server?.drain(within: rest()),
            "were not done at the end of drain_timeout"
        )
        let admin = admin.withLock { $0?.server }
        report(
            await admin?.drain(within: min(rest(), Self.adminDrainTime)),
            "of the admin port were cut off"
        )
        self.admin.withLock { $0?.trace }?.finish()
    }

    private static let adminDrainTime = Duration.seconds(1)
}
