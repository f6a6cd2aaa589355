import Caching
import Testing

@Suite struct FreshnessPolicyTests {
    private let policy = FreshnessPolicy(
        ttl: .seconds(600),
        staleWhileRevalidate: .seconds(60),
        staleIfError: .seconds(3_600)
    )

    @Test("Age alone decides: fresh, stale, usable on error, useless")
    func ages() {
        #expect(policy.verdict(age: .seconds(599)) == .fresh(remaining: .seconds(1)))
        #expect(policy.verdict(age: .seconds(600)) == .stale(revalidate: true))
        #expect(policy.verdict(age: .seconds(659)) == .stale(revalidate: true))
        #expect(policy.verdict(age: .seconds(660)) == .expired(usableOnError: true))
        #expect(policy.verdict(age: .seconds(4_199)) == .expired(usableOnError: true))
        #expect(policy.verdict(age: .seconds(4_200)) == .expired(usableOnError: false))
    }

    @Test("A request's own directives tighten or loosen the limits")
    func demands() {
        let noCache = FreshnessDemand(mustRevalidate: true)
        #expect(policy.verdict(age: .zero, request: noCache) == .expired(usableOnError: true))
        let maxAge = FreshnessDemand(maxAge: .seconds(10))
        #expect(policy.verdict(age: .seconds(9), request: maxAge) == .fresh(remaining: .seconds(1)))
        #expect(policy.verdict(age: .seconds(10), request: maxAge) == .expired(usableOnError: true))
        let maxStale = FreshnessDemand(maxStale: .seconds(100_000))
        #expect(policy.verdict(age: .seconds(5_000), request: maxStale) == .stale(revalidate: true))
    }

    @Test("max-stale counts from the end of what the request accepts and is never exceeded")
    func maxStale() {
        let ten = FreshnessDemand(maxStale: .seconds(10))
        #expect(policy.verdict(age: .seconds(609), request: ten) == .stale(revalidate: true))
        #expect(policy.verdict(age: .seconds(610), request: ten) == .expired(usableOnError: true))
        let both = FreshnessDemand(maxAge: .seconds(5), maxStale: .seconds(10))
        #expect(
            policy.verdict(age: .seconds(14), request: both) == .fresh(remaining: .seconds(586))
        )
        #expect(policy.verdict(age: .seconds(15), request: both) == .expired(usableOnError: true))
    }

    @Test("min-fresh asks for what stays fresh that long, and a stale value never does")
    func minFresh() {
        let demand = FreshnessDemand(minFresh: .seconds(100))
        #expect(
            policy.verdict(age: .seconds(499), request: demand) == .fresh(remaining: .seconds(1))
        )
        #expect(
            policy.verdict(age: .seconds(500), request: demand) == .expired(usableOnError: true)
        )
        #expect(
            policy.verdict(age: .seconds(610), request: demand) == .expired(usableOnError: true)
        )
        let longer = FreshnessDemand(minFresh: .seconds(601))
        #expect(policy.verdict(age: .zero, request: longer) == .expired(usableOnError: true))
    }

    @Test("Directives of the longest kind never trap")
    func extremes() {
        let longest = Duration.seconds(1 << 31)
        let demand = FreshnessDemand(maxAge: longest, maxStale: longest)
        let far = FreshnessDemand(minFresh: longest)
        #expect(policy.verdict(age: .zero, request: far) == .expired(usableOnError: true))
        #expect(
            policy.verdict(age: .seconds(599), request: demand) == .fresh(remaining: .seconds(1))
        )
        #expect(policy.verdict(age: longest, request: demand) == .stale(revalidate: true))
    }
}
