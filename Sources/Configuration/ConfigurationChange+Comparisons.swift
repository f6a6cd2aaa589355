import Observability
import Upstreams

extension UpstreamPolicy {
    fileprivate struct Breaker: Equatable {
        var failures: Int
        var openFor: Duration
    }

    fileprivate var breaker: Breaker { Breaker(failures: breakerFailures, openFor: breakerOpenFor) }
}

/// A key and whether two values agree on it.
struct Comparison<Value>: Sendable {
    var key: String
    /// Whether a running gateway cannot take it over.
    var isFixed: Bool
    var isSame: @Sendable (Value, Value) -> Bool

    init(
        _ key: String,
        isFixed: Bool = false,
        _ read: @escaping @Sendable (Value) -> some Equatable & SendableMetatype
    ) {
        self.key = key
        self.isFixed = isFixed
        isSame = { read($0) == read($1) }
    }

    init(_ key: String, isSame: @escaping @Sendable (Value, Value) -> Bool) {
        self.key = key
        isFixed = false
        self.isSame = isSame
    }
}

extension GatewayConfiguration {
    /// Every key but `upstreams`, in the schema's order; a test holds the two together.
    static let comparisons: [Comparison<GatewayConfiguration>] = [
        Comparison("listen.address", isFixed: true) { $0.listen.address },
        // A listener stays plain or not; one that is not has other certificates at once.
        Comparison("listen.tls", isFixed: true) { $0.listen.tls == nil },
        Comparison("listen.tls") { old, new in
            old.listen.tls == nil || new.listen.tls == nil || old.listen.tls == new.listen.tls
        },
        Comparison("admin.address", isFixed: true) { $0.admin?.address },
        Comparison("admin.key") { $0.admin?.key },
        Comparison("cursor_key") { $0.cursorKey },
        Comparison("state_directory", isFixed: true) { $0.stateDirectory },
        Comparison("loops", isFixed: true) { $0.loops },
        Comparison("log") { $0.log },
        Comparison("tracing") { $0.tracing },
        Comparison("limits.connections_max", isFixed: true) { $0.limits.connectionsMax },
        Comparison("limits.head_bytes_max", isFixed: true) { $0.limits.headBytesMax },
        Comparison("limits.head_timeout", isFixed: true) { $0.limits.headTimeout },
        Comparison("limits.idle_timeout", isFixed: true) { $0.limits.idleTimeout },
        Comparison("limits.drain_timeout") { $0.limits.drainTimeout },
        Comparison("limits.unsent_bytes_max", isFixed: true) { $0.limits.unsentBytesMax },
        Comparison("limits.cold_requests_max") { $0.limits.coldRequestsMax },
        Comparison("request") { $0.request },
        Comparison("cache") { $0.cache },
        Comparison("cors") { $0.cors },
        Comparison("clients") { $0.clients },
    ]
}

extension UpstreamConfiguration {
    /// Every key but `id`, in the schema's order; a test holds the two together.
    static let comparisons: [Comparison<UpstreamConfiguration>] = [
        Comparison("provider") { $0.settings.provider },
        Comparison("api") { $0.settings.api },
        Comparison("region") { $0.settings.region },
        Comparison("endpoint") { $0.settings.endpoint },
        Comparison("iam_endpoint") { $0.settings.iamEndpoint },
        Comparison("path") { $0.settings.path },
        Comparison("credentials") { $0.settings.credentials },
        Comparison("ttl") { $0.policy.ttl },
        Comparison("stale_while_revalidate") { $0.policy.staleWhileRevalidate },
        Comparison("stale_if_error") { $0.policy.staleIfError },
        Comparison("deadline") { $0.policy.deadline },
        Comparison("call_timeout") { $0.policy.callTimeout },
        Comparison("walk_timeout") { $0.policy.walkTimeout },
        Comparison("page_size") { $0.settings.pageSize },
        Comparison("images_max") { $0.policy.imagesMax },
        Comparison("list_bytes_max") { $0.policy.listBytesMax },
        Comparison("body_bytes_max") { $0.policy.transport.bodyBytesMax },
        Comparison("retries") { $0.policy.retries },
        Comparison("retry_budget") { $0.policy.retryBudget },
        Comparison("concurrency") { $0.policy.concurrency },
        Comparison("hedge") { $0.policy.hedge },
        Comparison("rate_limit") { $0.policy.requestsPerSecond },
        Comparison("breaker") { $0.policy.breaker },
        Comparison("tls") { $0.policy.transport.authorities },
        Comparison("proxy") { $0.policy.transport.proxy },
        Comparison("tags") { $0.policy.tags },
        Comparison("enabled") { $0.policy.enabled },
    ]

    /// `nil` where nothing differs.
    func change(from old: UpstreamConfiguration) -> ConfigurationChange.UpstreamChange? {
        let keys = Self.comparisons.filter { !$0.isSame(old, self) }.map(\.key)
        return keys.isEmpty ? nil : .init(id: id, keys: keys)
    }
}
