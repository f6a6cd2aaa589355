/// How long a stored value may be used, in the terms of RFC 9111 §4.2 and RFC 5861.
public struct FreshnessPolicy: Sendable, Hashable {
    /// Younger than this: used without asking.
    public var ttl: Duration
    /// After `ttl`, for this long: used at once while a new one is fetched.
    public var staleWhileRevalidate: Duration
    /// After `ttl`, for this long: used where fetching a new one fails.
    public var staleIfError: Duration

    public init(ttl: Duration, staleWhileRevalidate: Duration, staleIfError: Duration) {
        self.ttl = ttl
        self.staleWhileRevalidate = staleWhileRevalidate
        self.staleIfError = staleIfError
    }

    /// What a stored value of that age is good for.
    public func verdict(age: Duration, request: FreshnessDemand = FreshnessDemand()) -> Freshness {
        let limit = min(ttl - (request.minFresh ?? .zero), request.maxAge ?? ttl)
        if !request.mustRevalidate, age < limit { return .fresh(remaining: limit - age) }
        // `max-stale` counts from the end of the freshness that the request itself accepts.
        if let maxStale = request.maxStale, !request.mustRevalidate, age < limit + maxStale {
            return age < ttl ? .fresh(remaining: ttl - age) : .stale(revalidate: true)
        }
        let isDemanding =
            request.mustRevalidate || request.maxAge != nil || request.maxStale != nil
            || request.minFresh != nil
        if !isDemanding, age < ttl + staleWhileRevalidate { return .stale(revalidate: true) }
        return .expired(usableOnError: age < ttl + staleIfError)
    }
}

/// What one request asks of stored values (RFC 9111 §5.2.1).
public struct FreshnessDemand: Sendable, Hashable {
    /// `no-cache`: ask the origin whatever is stored.
    public var mustRevalidate: Bool
    /// `max-age`: nothing older.
    public var maxAge: Duration?
    /// `max-stale`: up to this much past its time is fine.
    public var maxStale: Duration?
    /// `min-fresh`: nothing that will be out of date within this much.
    public var minFresh: Duration?
    /// `only-if-cached`: never ask the origin.
    public var onlyIfCached: Bool
    /// `no-store`: nobody keeps the answer.
    public var noStore: Bool

    public init(
        mustRevalidate: Bool = false,
        maxAge: Duration? = nil,
        maxStale: Duration? = nil,
        minFresh: Duration? = nil,
        onlyIfCached: Bool = false,
        noStore: Bool = false
    ) {
        self.mustRevalidate = mustRevalidate
        self.maxAge = maxAge
        self.maxStale = maxStale
        self.minFresh = minFresh
        self.onlyIfCached = onlyIfCached
        self.noStore = noStore
    }

    /// Whether it may send the gateway past what is fresh.
    public var asksPastCache: Bool { mustRevalidate || maxAge != nil || minFresh != nil }

    /// A request that asks nothing special may be answered from finished bytes.
    public var isDefault: Bool { self == FreshnessDemand() }
}

/// A stored value's standing at one instant.
public enum Freshness: Sendable, Hashable {
    case fresh(remaining: Duration)
    /// Usable now; worth a new one in the background.
    case stale(revalidate: Bool)
    /// Not usable, unless fetching a new one fails and `usableOnError` holds.
    case expired(usableOnError: Bool)
}
