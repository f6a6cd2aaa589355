import MonotonicTime
import Testing
import Upstreams

@Suite("Bounds of TokenBucket")
struct TokenBucketBoundsTests {
    private let now = MonotonicClock.now

    @Test("A burst passes at once, then the rate decides")
    func rate() {
        var bucket = TokenBucket(perSecond: 4, burst: 2, now: now)
        #expect(bucket.take(now: now) == nil)
        #expect(bucket.take(now: now) == nil)
        #expect(bucket.take(now: now) == .milliseconds(250))
        #expect(bucket.take(now: now + .milliseconds(250)) == nil)
        #expect(bucket.reserve(now: now + .milliseconds(250)) == .milliseconds(250))
        #expect(bucket.reserve(now: now + .milliseconds(250)) == .milliseconds(500))
    }

    @Test("A reservation that would take too long takes nothing")
    func longest() {
        var bucket = TokenBucket(perSecond: 1, burst: 1, now: now)
        #expect(bucket.reserve(now: now, longest: .zero) == .zero)
        #expect(bucket.reserve(now: now, longest: .milliseconds(999)) == nil)
        #expect(bucket.reserve(now: now, longest: .milliseconds(999)) == nil)
        #expect(bucket.reserve(now: now, longest: .seconds(1)) == .seconds(1))
        #expect(bucket.reserve(now: now, longest: .seconds(1)) == nil)
    }

    @Test("Extreme rates and times never trap", arguments: [0, 1e-300, 1e-308, 1e300, .infinity])
    func extremes(_ rate: Double) {
        var bucket = TokenBucket(perSecond: rate, burst: rate, now: now)
        for wait in [Duration.zero, .seconds(1), .seconds(1 << 40), .seconds(-5)] {
            _ = bucket.take(now: now + wait)
            _ = bucket.reserve(now: now + wait)
            _ = bucket.reserve(now: now + wait, longest: .seconds(1))
        }
    }
}
