import Observability
import Upstreams

/// Makes the configuration from a checked document without errors.
struct ConfigurationAssembler {
    let schema: ConfigurationSchema
    let root: SettledObject
    let readFile: ConfigurationLoader.ReadFile

    var configuration: GatewayConfiguration {
        GatewayConfiguration(
            listen: listen,
            admin: root.object("admin").map(admin),
            cursorKey: cursorKey,
            stateDirectory: root.text("state_directory"),
            loops: root.integer("loops"),
            request: request,
            cache: cache,
            cors: CORSConfiguration(origins: section("cors").texts("origins").map(\.text)),
            clients: root["clients"].map { _ in root.objects("clients").map { client($0.object) } },
            upstreams: root.objects("upstreams").map { upstream($0.object) },
            log: log,
            tracing: root.object("tracing").map(tracing),
            limits: limits
        )
    }

    private func section(_ key: String) -> SettledObject { root.needed(key, root.object) }

    private var listen: ListenConfiguration {
        let listen = section("listen")
        return ListenConfiguration(
            address: listen.needed("address", listen.address),
            tls: listen.object("tls").map { tls in
                TLSConfiguration(
                    certificate: tls.needed("certificate", tls.text),
                    key: tls.needed("key", tls.text),
                    clientCA: tls.text("client_ca"),
                    clientCertificate: tls.text("client_certificate")
                        .flatMap { TLSConfiguration.ClientCertificate(rawValue: $0) } ?? .required
                )
            }
        )
    }

    private func admin(_ admin: SettledObject) -> AdminConfiguration {
        AdminConfiguration(
            address: admin.needed("address", admin.address),
            key: admin.secret("key")
        )
    }

    private var cursorKey: Redacted<[UInt8]>? {
        guard let text = root.secret("cursor_key")?.revealed else { return nil }
        return (try? KeyText.bytes32(text)).map { Redacted($0) }
    }

    private var request: RequestConfiguration {
        let request = section("request")
        return RequestConfiguration(
            deadline: request.needed("deadline", request.duration),
            pageSize: request.needed("page_size", request.integer),
            pageSizeMax: request.needed("page_size_max", request.integer)
        )
    }

    private var cache: CacheConfiguration {
        let cache = section("cache")
        return CacheConfiguration(
            ttl: cache.needed("ttl", cache.duration),
            staleWhileRevalidate: cache.needed("stale_while_revalidate", cache.duration),
            staleIfError: cache.needed("stale_if_error", cache.duration),
            responseBytesMax: cache.needed("response_bytes_max", cache.integer)
        )
    }

    private var log: LogConfiguration {
        let log = section("log")
        let level = LogConfiguration.Level(rawValue: log.needed("level", log.text))
        let format = LogConfiguration.Format(rawValue: log.needed("format", log.text))
        return LogConfiguration(
            level: level ?? .info,
            format: format ?? .text,
            access: log.needed("access", log.flag)
        )
    }

    private func tracing(_ tracing: SettledObject) -> TracingConfiguration {
        TracingConfiguration(
            endpoint: tracing.needed("otlp_endpoint", tracing.text),
            sampleRatio: tracing.needed("sample_ratio", tracing.number),
            headers: tracing.objects("headers").map { _, header in
                TracingConfiguration.Header(
                    name: header.needed("name", header.text),
                    value: header.needed("value", header.secret)
                )
            },
            serviceName: tracing.needed("service_name", tracing.text),
            authorities: authorities(tracing)
        )
    }

    private var limits: LimitsConfiguration {
        let limits = section("limits")
        return LimitsConfiguration(
            connectionsMax: limits.needed("connections_max", limits.integer),
            headBytesMax: limits.needed("head_bytes_max", limits.integer),
            headTimeout: limits.needed("head_timeout", limits.duration),
            idleTimeout: limits.needed("idle_timeout", limits.duration),
            drainTimeout: limits.needed("drain_timeout", limits.duration),
            unsentBytesMax: limits.needed("unsent_bytes_max", limits.integer),
            coldRequestsMax: limits.needed("cold_requests_max", limits.integer)
        )
    }
}
