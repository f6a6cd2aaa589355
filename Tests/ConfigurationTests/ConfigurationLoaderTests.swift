import Observability
import Testing
import Upstreams

@testable import Configuration

@Suite("ConfigurationLoader")
struct ConfigurationLoaderTests {
    private let harness = LoaderHarness(
        environment: ["HW_AK": "ak", "CURSOR": String(repeating: "0123456789abcdef", count: 4)],
        files: ["/run/secrets/hw_sk": "sk\n", "/tls/c.pem": Self.pem, "/tls/k.pem": Self.key]
    )

    private static let pem = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"
    private static let key = "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n"

    private static let whole = """
        // As in the public contract.
        {
          listen: { address: "0.0.0.0:8443", tls: { certificate: "/tls/c.pem", key: "/tls/k.pem" } },
          admin: { address: "127.0.0.1:9000" },
          cursor_key: { env: "CURSOR" },
          state_directory: "/var/lib/image-gateway",
          request: { deadline: "3s", page_size: 20, page_size_max: 500 },
          cache: { ttl: "5m", stale_while_revalidate: "30s", response_bytes_max: "1GiB" },
          cors: { origins: ["https://portal.example"] },
          clients: [ { id: "portal", key_sha256: "\(String(repeating: "0F", count: 32))",
                       upstreams: ["huawei-bj4"],
                       rate_limit: { requests_per_second: 0.5, burst: 4 } } ],
          upstreams: [
            { id: "huawei-bj4", provider: "huawei-ims", region: "cn-north-4",
              endpoint: "https://ims.example/prefix/",
              credentials: { access_key: { env: "HW_AK" }, secret_key: { file: "/run/secrets/hw_sk" },
                             project_id: "0123" },
              ttl: "1h", deadline: "1200ms", call_timeout: "9s", walk_timeout: "4m",
              page_size: 77, images_max: 1000, body_bytes_max: "8MiB", retries: 1,
              retry_budget: 0.2, concurrency: 3, hedge: { after: "300ms", budget: 0.5 },
              rate_limit: { requests_per_second: 20 }, breaker: { failures: 3, open_for: "20s" },
              tls: { ca_file: "/tls/c.pem" }, proxy: "socks5h://proxy:1080",
              tags: ["prod"], enabled: true, stale_if_error: "2d" },
          ],
        }
        """

    @Test("Every key of the contract arrives in the configuration, of its type and resolved")
    func wholeDocument() throws {
        let loaded = harness.load(Self.whole)
        #expect(loaded.problems == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.listen.address.description == "0.0.0.0:8443")
        #expect(
            configuration.listen.tls
                == TLSConfiguration(certificate: "/tls/c.pem", key: "/tls/k.pem")
        )
        #expect(configuration.admin?.address.port == 9000)
        let half: [UInt8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
        #expect(configuration.cursorKey == Redacted(half + half + half + half))
        #expect(configuration.stateDirectory == "/var/lib/image-gateway")
        #expect(
            configuration.request
                == RequestConfiguration(deadline: .seconds(3), pageSize: 20, pageSizeMax: 500)
        )
        #expect(configuration.cache.responseBytesMax == 1 << 30)
        #expect(configuration.cors.origins == ["https://portal.example"])
        let client = try #require(configuration.clients?.first)
        #expect(client.identity == .key(sha256: Array(repeating: 0x0F, count: 32)))
        #expect(client.upstreams == .only(["huawei-bj4"]))
        #expect(client.rateLimit == ClientRateLimit(requestsPerSecond: 0.5, burst: 4))
    }

    @Test("An upstream's own keys override those of cache and request, and absent ones do not")
    func upstreamOfTheWholeDocument() throws {
        let upstream = try #require(harness.load(Self.whole).configuration?.upstreams.first)
        let settings = UpstreamSettings(
            id: "huawei-bj4",
            provider: "huawei-ims",
            region: "cn-north-4",
            endpoint: "https://ims.example/prefix",
            credentials: [
                "access_key": Redacted("ak"), "secret_key": Redacted("sk"),
                "project_id": Redacted("0123"),
            ],
            pageSize: 77
        )
        #expect(upstream.settings == settings)
        let policy = UpstreamPolicy(
            ttl: .seconds(3600),
            staleWhileRevalidate: .seconds(30),
            staleIfError: .seconds(172_800),
            deadline: .milliseconds(1200),
            callTimeout: .seconds(9),
            walkTimeout: .seconds(240),
            imagesMax: 1000,
            retries: 1,
            retryBudget: 0.2,
            hedge: HedgePolicy(after: .milliseconds(300), budget: 0.5),
            concurrency: 3,
            requestsPerSecond: 20,
            breakerFailures: 3,
            breakerOpenFor: .seconds(20),
            transport: TransportPolicy(
                bodyBytesMax: 8 << 20,
                authorities: AuthorityBundle(file: "/tls/c.pem", pem: Array(Self.pem.utf8)),
                proxy: "socks5h://proxy:1080"
            ),
            tags: ["prod"],
            enabled: true
        )
        #expect(upstream.policy == policy)
    }

    @Test("A document with one upstream alone has every default, the same as the values' own")
    func defaults() throws {
        let loaded = harness.load("{upstreams:[{id:'x',provider:'gmi',credentials:{token:'t'}}]}")
        let settings = UpstreamSettings(
            id: "x",
            provider: "gmi",
            endpoint: "https://console.gmi.example/api",
            credentials: ["token": Redacted("t")]
        )
        let upstream = UpstreamConfiguration(settings: settings, policy: UpstreamPolicy())
        #expect(loaded.configuration == GatewayConfiguration(upstreams: [upstream]))
    }

    @Test("A region goes into the provider's endpoint, and an id stands in where the rule says so")
    func regions() throws {
        let loaded = harness.load(
            """
            {upstreams:[
              {id:'h',provider:'huawei-ims',region:'cn-east-3',credentials:{token:'t'}},
              {id:'a',provider:'aries',endpoint:'http://127.0.0.1:8080/'},
            ]}
            """
        )
        let settings = try #require(loaded.configuration).upstreams.map(\.settings)
        #expect(
            settings.map(\.endpoint) == [
                "https://ims.cn-east-3.huawei.example", "http://127.0.0.1:8080",
            ]
        )
        #expect(settings.map(\.region) == ["cn-east-3", "a"])
    }

    @Test("Unknown keys are errors at their place, with the key that was meant")
    func unknownKeys() {
        let problems = harness.problems(
            """
            {
              cursor_key: { env: "CURSOR" },
              upstreems: [],
              upstreams: [
                { id: "a", provider: "aries", endpoint: "http://127.0.0.1:1",
                  tll: "10m", zzz: 1, breaker: { failure: 1 } },
              ],
            }
            """
        )
        #expect(
            problems == [
                "3:3: error: upstreems: unknown key; did you mean \"upstreams\"?",
                "6:7: error: upstreams[0].tll: unknown key; did you mean \"ttl\"?",
                problems[2],
                "6:38: error: upstreams[0].breaker.failure: unknown key; did you mean \"failures\"?",
            ]
        )
        #expect(
            problems[2].hasPrefix("6:19: error: upstreams[0].zzz: unknown key; valid here: id, ")
        )
    }
}
