import Upstreams

extension ConfigurationAssembler {
    func upstream(_ upstream: SettledObject) -> UpstreamConfiguration {
        UpstreamConfiguration(settings: settings(upstream), policy: policy(upstream))
    }

    private func settings(_ upstream: SettledObject) -> UpstreamSettings {
        let id = upstream.needed("id", upstream.text)
        let provider = upstream.needed("provider", upstream.text)
        let descriptor = upstream.needed("provider", { _ in schema.descriptor(named: provider) })
        let usesID = descriptor.region == .defaultsToUpstreamID
        let region = upstream.text("region") ?? (usesID ? id : nil)
        let secrets = upstream.object("credentials") ?? SettledObject()
        return UpstreamSettings(
            id: id,
            provider: provider,
            region: region,
            endpoint: upstream.needed("endpoint") { key in
                upstream.text(key)
                    ?? descriptor.endpoint(region: region, api: upstream.text("api"))
                    .flatMap(Self.canonical)
            },
            iamEndpoint: upstream.text("iam_endpoint"),
            api: upstream.text("api"),
            path: upstream.text("path"),
            credentials: secrets.members.keys.reduce(into: [:]) { $0[$1] = secrets.secret($1) },
            pageSize: upstream.integer("page_size")
        )
    }

    private static func canonical(_ endpoint: String) -> String? {
        try? OriginText(endpoint, as: .endpoint).text
    }

    private func policy(_ upstream: SettledObject) -> UpstreamPolicy {
        let breaker = upstream.needed("breaker", upstream.object)
        return UpstreamPolicy(
            ttl: window("ttl", upstream),
            staleWhileRevalidate: window("stale_while_revalidate", upstream),
            staleIfError: window("stale_if_error", upstream),
            deadline: deadline(upstream),
            callTimeout: min(
                upstream.needed("call_timeout", upstream.duration),
                upstream.needed("walk_timeout", upstream.duration)
            ),
            walkTimeout: upstream.needed("walk_timeout", upstream.duration),
            imagesMax: upstream.needed("images_max", upstream.integer),
            listBytesMax: upstream.integer("list_bytes_max"),
            retries: upstream.needed("retries", upstream.integer),
            retryBudget: upstream.needed("retry_budget", upstream.number),
            hedge: hedge(upstream.needed("hedge", upstream.object)),
            concurrency: upstream.needed("concurrency", upstream.integer),
            requestsPerSecond: upstream.object("rate_limit")?.number("requests_per_second"),
            breakerFailures: breaker.needed("failures", breaker.integer),
            breakerOpenFor: breaker.needed("open_for", breaker.duration),
            transport: transport(upstream),
            tags: upstream.texts("tags").map(\.text),
            enabled: upstream.needed("enabled", upstream.flag)
        )
    }

    private func hedge(_ hedge: SettledObject) -> HedgePolicy? {
        guard hedge.needed("enabled", hedge.flag) else { return nil }
        return HedgePolicy(
            after: hedge.duration("after"),
            budget: hedge.needed("budget", hedge.number)
        )
    }

    private func transport(_ upstream: SettledObject) -> TransportPolicy {
        TransportPolicy(
            bodyBytesMax: upstream.needed("body_bytes_max", upstream.integer),
            authorities: upstream.object("tls").flatMap(authorities),
            proxy: upstream.text("proxy")
        )
    }

    /// Of any object with a `ca_file`. What cannot be read there is told by who tries the configuration.
    func authorities(_ object: SettledObject) -> AuthorityBundle? {
        object.text("ca_file").map { AuthorityBundle(file: $0, pem: (try? readFile($0)) ?? []) }
    }

    /// The upstream's own window, or the one of `cache`.
    private func window(_ key: String, _ upstream: SettledObject) -> Duration {
        let cache = root.needed("cache", root.object)
        return upstream.duration(key) ?? cache.needed(key, cache.duration)
    }

    private func deadline(_ upstream: SettledObject) -> Duration {
        let request = root.needed("request", root.object)
        let common = request.needed("deadline", request.duration)
        let walk = upstream.needed("walk_timeout", upstream.duration)
        return upstream.duration("deadline") ?? min(.milliseconds(1500), common, walk)
    }
}

extension SettledObject {
    /// A member that is there in every document without errors.
    func needed<Value>(_ key: String, _ read: (String) -> Value?) -> Value {
        guard let value = read(key) else {
            preconditionFailure("the schema gives \(key) a default or requires it")
        }
        return value
    }
}
