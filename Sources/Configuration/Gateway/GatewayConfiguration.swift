public import Observability

/// A whole configuration: validated, secrets resolved, every default filled in.
public struct GatewayConfiguration: Sendable, Hashable {
    /// Where clients are served.
    public var listen: ListenConfiguration
    /// Where health, metrics and admin verbs are served; `nil`: nowhere.
    public var admin: AdminConfiguration?
    /// 32 bytes that authenticate cursors; `nil`: a random one per start.
    public var cursorKey: Redacted<[UInt8]>?
    /// Where snapshots survive a restart; `nil`: they do not.
    public var stateDirectory: String?
    /// Event loops; `nil`: one per core.
    public var loops: Int?
    /// How one request is treated.
    public var request: RequestConfiguration
    /// How long lists are kept; upstreams may differ.
    public var cache: CacheConfiguration
    /// Which web pages may call.
    public var cors: CORSConfiguration
    /// Who may call, in configuration order; `nil`: everybody.
    public var clients: [ClientConfiguration]?
    /// In configuration order, which is the order of precedence when images are merged. Never empty.
    public var upstreams: [UpstreamConfiguration]
    /// What is logged.
    public var log: LogConfiguration
    /// Where traces go; `nil`: none are made.
    public var tracing: TracingConfiguration?
    /// Bounds of the public port.
    public var limits: LimitsConfiguration

    public init(
        listen: ListenConfiguration = ListenConfiguration(),
        admin: AdminConfiguration? = nil,
        cursorKey: Redacted<[UInt8]>? = nil,
        stateDirectory: String? = nil,
        loops: Int? = nil,
        request: RequestConfiguration = RequestConfiguration(),
        cache: CacheConfiguration = CacheConfiguration(),
        cors: CORSConfiguration = CORSConfiguration(),
        clients: [ClientConfiguration]? = nil,
        upstreams: [UpstreamConfiguration],
        log: LogConfiguration = LogConfiguration(),
        tracing: TracingConfiguration? = nil,
        limits: LimitsConfiguration = LimitsConfiguration()
    ) {
        self.listen = listen
        self.admin = admin
        self.cursorKey = cursorKey
        self.stateDirectory = stateDirectory
        self.loops = loops
        self.request = request
        self.cache = cache
        self.cors = cors
        self.clients = clients
        self.upstreams = upstreams
        self.log = log
        self.tracing = tracing
        self.limits = limits
    }
}

extension GatewayConfiguration {
    /// Where the public keys of token clients come from.
    public var keySources: Set<TokenClientConfiguration.KeySource> {
        Set(
            (clients ?? []).compactMap { client in
                if case .token(let token) = client.identity { token.keys } else { nil }
            }
        )
    }
}
