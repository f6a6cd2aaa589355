import Observability
import Testing
import Upstreams

@testable import Configuration

@Suite("ConfigurationChange")
struct ConfigurationChangeTests {
    private func upstream(_ id: String) -> UpstreamConfiguration {
        let settings = UpstreamSettings(id: id, provider: "gmi", endpoint: "https://gmi.example")
        return UpstreamConfiguration(settings: settings, policy: UpstreamPolicy())
    }

    @Test("Two equal configurations differ in nothing")
    func nothing() {
        let configuration = GatewayConfiguration(upstreams: [upstream("a"), upstream("b")])
        let change = ConfigurationChange.between(
            configuration,
            configuration,
            running: configuration
        )
        #expect(change.isEmpty)
        #expect(change.description == "nothing changed")
    }

    @Test("Upstreams that came, went, changed and moved are named")
    func upstreams() {
        var changed = upstream("b")
        changed.policy.ttl = .seconds(1)
        changed.settings.credentials = ["token": Redacted("t")]
        let old = GatewayConfiguration(upstreams: [upstream("a"), upstream("b"), upstream("c")])
        let new = GatewayConfiguration(upstreams: [upstream("c"), changed, upstream("d")])
        let change = ConfigurationChange.between(old, new, running: old)
        #expect(change.upstreamsAdded == ["d"])
        #expect(change.upstreamsRemoved == ["a"])
        #expect(change.upstreamsChanged == [.init(id: "b", keys: ["credentials", "ttl"])])
        #expect(change.isUpstreamOrderChanged)
        #expect(change.keysChanged == [])
        #expect(
            change.description
                == "added: d; removed: a; changed: b (credentials, ttl); order of upstreams"
        )
    }

    @Test("Addresses, loops, bounds of connections and whether there is TLS need a restart")
    func restart() throws {
        var new = GatewayConfiguration(upstreams: [upstream("a")])
        let old = new
        new.listen.address = try ListenAddress("127.0.0.1:1")
        new.listen.tls = TLSConfiguration(certificate: "c", key: "k")
        new.clients = []
        new.cursorKey = Redacted([1])
        new.loops = 3
        new.limits.connectionsMax = 1
        new.limits.coldRequestsMax = 1
        let change = ConfigurationChange.between(old, new, running: old)
        #expect(change.keysChanged == ["cursor_key", "limits.cold_requests_max", "clients"])
        #expect(
            change.keysThatNeedRestart == [
                "listen.address", "listen.tls", "loops", "limits.connections_max",
            ]
        )
        #expect(change.description.contains("; loops (after a restart); "))
    }

    @Test("What waits for a restart is said with every reload until it is taken back")
    func pending() {
        let running = GatewayConfiguration(upstreams: [upstream("a")])
        var waiting = running
        waiting.loops = 3
        var more = waiting
        more.upstreams[0].policy.tags = ["x"]
        func words(_ old: GatewayConfiguration, _ new: GatewayConfiguration) -> String {
            ConfigurationChange.between(old, new, running: running).description
        }
        #expect(words(running, waiting) == "loops (after a restart)")
        #expect(words(waiting, more) == "changed: a (tags); loops (after a restart)")
        #expect(words(waiting, waiting) == "loops (after a restart)")
        #expect(words(waiting, running) == "loops (again as it runs)")
    }

    @Test("Other certificates of a listener that has some are a change, and TLS itself is none")
    func certificates() {
        var old = GatewayConfiguration(upstreams: [upstream("a")])
        old.listen.tls = TLSConfiguration(certificate: "c", key: "k")
        var new = old
        new.listen.tls?.certificate = "d"
        let change = ConfigurationChange.between(old, new, running: old)
        #expect(change.description == "listen.tls")
        #expect(change.keysThatNeedRestart == [])
    }

    @Test("Every key of an upstream is compared, in the schema's order")
    func upstreamKeys() {
        let schema = ConfigurationSchema.upstream(SampleProviders.all).names.filter { $0 != "id" }
        #expect(UpstreamConfiguration.comparisons.map(\.key) == schema)
    }

    @Test("Every key of the document but upstreams is compared, in the schema's order")
    func rootKeys() {
        let compared = GatewayConfiguration.comparisons.map { $0.key.prefix { $0 != "." } }
        let schema = ConfigurationSchema(descriptors: SampleProviders.all).root.names
        var once: [String] = []
        for key in compared where once.last != String(key) { once.append(String(key)) }
        #expect(Set(once) == Set(schema).subtracting(["upstreams"]))
        #expect(once == schema.filter { $0 != "upstreams" })
    }

    @Test("A change of every member of a policy and of settings is seen")
    func everyMember() {
        let old = upstream("a")
        let changes: [(String, (inout UpstreamConfiguration) -> Void)] = [
            ("provider", { $0.settings.provider = "x" }), ("api", { $0.settings.api = "x" }),
            ("region", { $0.settings.region = "x" }), ("endpoint", { $0.settings.endpoint = "x" }),
            ("iam_endpoint", { $0.settings.iamEndpoint = "x" }),
            ("path", { $0.settings.path = "x" }),
            ("credentials", { $0.settings.credentials = ["x": Redacted("x")] }),
            ("ttl", { $0.policy.ttl = .zero }),
            ("stale_while_revalidate", { $0.policy.staleWhileRevalidate = .zero }),
            ("stale_if_error", { $0.policy.staleIfError = .zero }),
            ("deadline", { $0.policy.deadline = .zero }),
            ("call_timeout", { $0.policy.callTimeout = .zero }),
            ("walk_timeout", { $0.policy.walkTimeout = .zero }),
            ("page_size", { $0.settings.pageSize = 1 }),
            ("images_max", { $0.policy.imagesMax = 1 }),
            ("list_bytes_max", { $0.policy.listBytesMax = 1 }),
            ("body_bytes_max", { $0.policy.transport.bodyBytesMax = 1 }),
            ("retries", { $0.policy.retries = 0 }),
            ("retry_budget", { $0.policy.retryBudget = 0.5 }),
            ("concurrency", { $0.policy.concurrency = 1 }),
            ("hedge", { $0.policy.hedge = nil }),
            ("rate_limit", { $0.policy.requestsPerSecond = 1 }),
            ("breaker", { $0.policy.breakerFailures = 1 }),
            ("breaker", { $0.policy.breakerOpenFor = .zero }),
            ("tls", { $0.policy.transport.authorities = AuthorityBundle(file: "x", pem: [1]) }),
            ("proxy", { $0.policy.transport.proxy = "x" }), ("tags", { $0.policy.tags = ["x"] }),
            ("enabled", { $0.policy.enabled = false }),
        ]
        for (key, change) in changes {
            var new = old
            change(&new)
            #expect(new.change(from: old)?.keys == [key])
        }
    }
}
