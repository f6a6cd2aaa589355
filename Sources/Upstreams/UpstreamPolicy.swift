/// How the gateway treats one upstream: how long, how often, how much. Everything that is not the
/// adapter's business. Values come validated, with every default filled in.
public struct UpstreamPolicy: Sendable, Hashable {
    /// How long a snapshot counts as fresh.
    public var ttl: Duration
    /// How long after `ttl` a stale snapshot is served at once while a new walk runs.
    public var staleWhileRevalidate: Duration
    /// How long after `ttl` a stale snapshot is served when walks fail.
    public var staleIfError: Duration
    /// How long one caller waits for this upstream.
    public var deadline: Duration
    /// Upper bound on one call to the upstream, connection included.
    public var callTimeout: Duration
    /// Upper bound on one walk over all pages; it may outlive the caller that began it.
    public var walkTimeout: Duration
    /// Upper bound on images of one walk; beyond it the walk ends with `tooManyImages`.
    public var imagesMax: Int
    /// Upper bound on the bytes of all answers of one walk, decompressed; beyond it the walk ends with `tooManyImages`.
    public var listBytesMax: Int
    /// Further attempts after a call that failed in a retryable way.
    public var retries: Int
    /// Retries as a share of the calls of the last minute; 0 means none.
    public var retryBudget: Double
    /// `nil`: slow calls are waited for.
    public var hedge: HedgePolicy?
    /// Calls to the upstream at a time; more wait.
    public var concurrency: Int
    /// Calls per second that the gateway allows itself; `nil` means no bound.
    public var requestsPerSecond: Double?
    /// Failures in a row that open the breaker.
    public var breakerFailures: Int
    /// How long an open breaker refuses calls before it lets one probe through.
    public var breakerOpenFor: Duration
    /// What the transport needs to know: answer bound, authorities, proxy.
    public var transport: TransportPolicy
    /// The operator's own labels, in configuration order.
    public var tags: [String]
    /// `false`: configured, shown as skipped, never called.
    public var enabled: Bool

    /// What so many images may take unless something else is configured: 4 KiB each, and 16 MiB at least.
    public static func listBytesMax(images: Int) -> Int { max(16 << 20, images << 12) }

    public init(
        ttl: Duration = .seconds(600),
        staleWhileRevalidate: Duration = .seconds(60),
        staleIfError: Duration = .seconds(86_400),
        deadline: Duration = .milliseconds(1500),
        callTimeout: Duration = .seconds(10),
        walkTimeout: Duration = .seconds(300),
        imagesMax: Int = 200_000,
        listBytesMax: Int? = nil,
        retries: Int = 2,
        retryBudget: Double = 0.1,
        hedge: HedgePolicy? = HedgePolicy(),
        concurrency: Int = 8,
        requestsPerSecond: Double? = nil,
        breakerFailures: Int = 5,
        breakerOpenFor: Duration = .seconds(10),
        transport: TransportPolicy = TransportPolicy(),
        tags: [String] = [],
        enabled: Bool = true
    ) {
        self.ttl = ttl
        self.staleWhileRevalidate = staleWhileRevalidate
        self.staleIfError = staleIfError
        self.deadline = deadline
        self.callTimeout = callTimeout
        self.walkTimeout = walkTimeout
        self.imagesMax = imagesMax
        self.listBytesMax = listBytesMax ?? Self.listBytesMax(images: imagesMax)
        self.retries = retries
        self.retryBudget = retryBudget
        self.hedge = hedge
        self.concurrency = concurrency
        self.requestsPerSecond = requestsPerSecond
        self.breakerFailures = breakerFailures
        self.breakerOpenFor = breakerOpenFor
        self.transport = transport
        self.tags = tags
        self.enabled = enabled
    }
}
