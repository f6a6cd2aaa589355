/// How long lists and answers are kept.
public struct CacheConfiguration: Sendable, Hashable {
    /// How long a list counts as fresh.
    public var ttl: Duration
    /// How long after `ttl` a list is served while a new one is fetched.
    public var staleWhileRevalidate: Duration
    /// How long after `ttl` a list is served when fetching fails.
    public var staleIfError: Duration
    /// Upper bound on bytes of all finished answers kept.
    public var responseBytesMax: Int

    public init(
        ttl: Duration = .seconds(600),
        staleWhileRevalidate: Duration = .seconds(60),
        staleIfError: Duration = .seconds(86_400),
        responseBytesMax: Int = 64 << 20
    ) {
        self.ttl = ttl
        self.staleWhileRevalidate = staleWhileRevalidate
        self.staleIfError = staleIfError
        self.responseBytesMax = responseBytesMax
    }
}
