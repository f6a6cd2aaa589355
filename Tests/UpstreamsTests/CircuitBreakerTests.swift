import MonotonicTime
import Testing
import Upstreams

@Suite struct CircuitBreakerTests {
    private let start = MonotonicClock.now

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker(failures: 3, openFor: .seconds(10))
        for _ in 0..<3 { breaker.failed(now: start) }
        return breaker
    }

    @Test("A probe that is given up makes room for the next, an interval after it began")
    func cancelledProbe() {
        var breaker = CircuitBreaker(failures: 1, openFor: .seconds(1), callTimeout: .seconds(6))
        let start = MonotonicClock.Instant.now
        breaker.failed(now: start)
        #expect(breaker.admit(now: start + .seconds(1)) == .allowed)
        breaker.cancelled(now: start + .milliseconds(1_500))
        #expect(breaker.admit(now: start + .milliseconds(1_900)) != .allowed)
        #expect(breaker.admit(now: start + .seconds(2)) == .allowed)
    }

    @Test("The breaker opens after as many failures in a row as configured, no fewer")
    func opening() {
        var breaker = CircuitBreaker(failures: 3, openFor: .seconds(10))
        breaker.failed(now: start)
        breaker.failed(now: start)
        breaker.succeeded()
        breaker.failed(now: start)
        breaker.failed(now: start)
        #expect(breaker.admit(now: start) == .allowed)
        breaker.failed(now: start)
        #expect(breaker.admit(now: start + .seconds(4)) == .refused(retryAfter: .seconds(6)))
    }

    @Test("An open breaker lets exactly one probe through per interval")
    func probing() {
        var breaker = opened()
        #expect(breaker.admit(now: start + .seconds(10)) == .allowed)
        #expect(breaker.name == "half-open")
        #expect(breaker.admit(now: start + .seconds(11)) == .refused(retryAfter: .seconds(9)))
        #expect(breaker.admit(now: start + .seconds(20)) == .allowed)
    }

    @Test("A probe that succeeds closes the breaker, one that fails opens it again")
    func probeOutcome() {
        var breaker = opened()
        _ = breaker.admit(now: start + .seconds(10))
        breaker.failed(now: start + .seconds(11))
        #expect(breaker.admit(now: start + .seconds(19)) == .refused(retryAfter: .seconds(1)))
        _ = breaker.admit(now: start + .seconds(20))
        breaker.succeeded()
        #expect(breaker.name == "closed")
    }

    @Test("A probe that fails after a whole interval is followed by the next one at once, by one")
    func slowProbe() {
        var breaker = opened()
        _ = breaker.admit(now: start + .seconds(10))
        breaker.failed(now: start + .seconds(25))
        #expect(breaker.nextProbe(now: start + .seconds(25)) == .zero)
        #expect(breaker.admit(now: start + .seconds(25)) == .allowed)
        #expect(breaker.admit(now: start + .seconds(25)) == .refused(retryAfter: .seconds(10)))
    }

    @Test("While a probe may still be on its way there is no other, however short the interval")
    func oneProbe() {
        var breaker = CircuitBreaker(
            failures: 1,
            openFor: .seconds(2),
            callTimeout: .seconds(6)
        )
        breaker.failed(now: start)
        let probe = start + .seconds(2)
        #expect(breaker.admit(now: probe) == .allowed)
        #expect(breaker.admit(now: probe + .seconds(1)) == .refused(retryAfter: .seconds(1)))
        #expect(breaker.admit(now: probe + .seconds(5)) == .refused(retryAfter: .seconds(1)))
        breaker.failed(now: probe + .seconds(6))
        #expect(breaker.admit(now: probe + .seconds(6)) == .allowed)
        #expect(breaker.admit(now: probe + .seconds(12)) == .allowed)
    }

    @Test("A login that succeeds closes nothing; the call it was for is part of the same probe")
    func preparing() {
        var breaker = opened()
        let probe = start + .seconds(10)
        #expect(breaker.admit(now: probe) == .allowed)
        breaker.prepared(now: probe)
        #expect(breaker.name == "half-open")
        #expect(breaker.admit(now: probe) == .allowed)
        #expect(breaker.admit(now: probe) == .refused(retryAfter: .seconds(10)))
        breaker.failed(now: probe)
        #expect(breaker.nextProbe(now: probe) == .seconds(10))
    }

    @Test("Calls that end late move no probe, and a reset lets calls through")
    func lateFailures() {
        var breaker = opened()
        breaker.failed(now: start + .seconds(9))
        #expect(breaker.nextProbe(now: start + .seconds(9)) == .seconds(1))
        breaker.reset()
        #expect(breaker.nextProbe(now: start) == nil)
        #expect(breaker.admit(now: start) == .allowed)
    }
}

@Suite struct TokenBucketTests {
    private let start = MonotonicClock.now

    @Test("A burst passes, then calls pass at the rate")
    func burst() {
        var bucket = TokenBucket(perSecond: 2, burst: 3, now: start)
        for _ in 0..<3 { #expect(bucket.take(now: start) == nil) }
        #expect(bucket.take(now: start) == .milliseconds(500))
        #expect(bucket.take(now: start + .milliseconds(500)) == nil)
        #expect(bucket.take(now: start + .milliseconds(500)) != nil)
    }

    @Test("Reservations queue up behind one another")
    func reservations() {
        var bucket = TokenBucket(perSecond: 10, burst: 1, now: start)
        #expect(bucket.reserve(now: start) == .zero)
        #expect(bucket.reserve(now: start) == .milliseconds(100))
        #expect(bucket.reserve(now: start) == .milliseconds(200))
    }
}
