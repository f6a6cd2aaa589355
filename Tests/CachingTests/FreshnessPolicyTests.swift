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
}
