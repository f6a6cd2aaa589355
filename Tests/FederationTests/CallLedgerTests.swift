import MonotonicTime
import TestKit
import Testing
import Upstreams

@testable import Federation

@Suite struct CallLedgerTests {
    private let start = MonotonicClock.now

    private func ledger(_ change: (inout UpstreamPolicy) -> Void = { _ in }) -> CallLedger {
        var policy = UpstreamPolicy()
        change(&policy)
        return CallLedger(policy, now: start)
    }

    private static func fault(_ status: Int = 500, retryAfter: Duration? = nil) -> UpstreamError {
        let code: UpstreamError.Code = status == 429 ? .throttled : .upstreamFault
        return UpstreamError(
            code,
            "it failed",
            status: status,
            isRetryable: true,
            retryAfter: retryAfter
        )
    }

    /// Calls made in a row that all end with `error`; why the last one was not made.
    private func failures(
        _ ledger: inout CallLedger,
        _ error: UpstreamError,
        at now: MonotonicClock.Instant
    ) -> (count: Int, refusal: UpstreamError) {
        var count = 0
        while true {
            switch ledger.admit(.init(), now: now, until: now + .seconds(60)) {
            case .refused(let refusal): return (count, refusal)
            case .allowed, .queued:
                count += 1
                ledger.failed(error, now: now)
                _ = ledger.leave()
            }
        }
    }

    @Test("A sick upstream is called until its breaker opens, then once per interval")
    func probes() {
        var ledger = ledger()
        var now = start
        let (count, refusal) = failures(&ledger, Self.fault(503), at: now)
        #expect(count == 5)
        #expect(refusal.code == .circuitOpen && refusal.status == 503)
        #expect(refusal.message.contains("upstream-fault"))
        var calls = 0
        for _ in 0..<6_000 {
            now += .milliseconds(10)
            calls += failures(&ledger, Self.fault(503), at: now).count
        }
        #expect(calls == 6)
        #expect(ledger.counts.openings == 7)
    }

    @Test("Half of the calls failing, no more than a tenth is called again", arguments: 1...20)
    func retryBudget(_ seed: UInt64) {
        var ledger = ledger { $0.breakerFailures = 1_000 }
        var random = SplitMix(seed: seed)
        var (first, now) = (0, start)
        for _ in 0..<600 {
            now += .milliseconds(100)
            first += 1
            var purpose = CallLedger.Purpose()
            for attempt in 0... {
                guard case .allowed = ledger.admit(purpose, now: now, until: now + .seconds(9))
                else {
                    Issue.record("refused")
                    return
                }
                let isFailure = random.next() & 1 == 0
                isFailure
                    ? ledger.failed(Self.fault(), now: now) : ledger.succeeded(purpose, now: now)
                _ = ledger.leave()
                guard isFailure, attempt < 2, ledger.takeRetry(now: now) else { break }
                purpose.isRetry = true
            }
        }
        let extra = Int(ledger.counts.calls) - first
        #expect(extra <= 60 && extra >= 30, "seed \(seed): \(extra) extra calls of \(first)")
        #expect(ledger.counts.retries == UInt64(extra))
        #expect(ledger.counts.retriesWithheld > 0)
    }

    @Test("A pause that the upstream asked for is waited out where it is short, else refused")
    func retryAfter() {
        var ledger = ledger()
        ledger.failed(Self.fault(429, retryAfter: .seconds(8)), now: start)
        guard
            case .allowed(let wait) = ledger.admit(
                .init(),
                now: start + .seconds(2),
                until: start + .seconds(60)
            )
        else {
            Issue.record("refused")
            return
        }
        #expect(wait.pause == .seconds(6) && wait.turn == .zero)
        let refused = ledger.admit(.init(), now: start + .seconds(2), until: start + .seconds(7))
        guard case .refused(let error) = refused else {
            Issue.record("let through")
            return
        }
        #expect(error.code == .throttled && error.retryAfter == .seconds(6))
        ledger.failed(Self.fault(429, retryAfter: .seconds(300)), now: start)
        guard case .refused = ledger.admit(.init(), now: start, until: start + .seconds(900)) else {
            Issue.record("let through")
            return
        }
        #expect(ledger.reset().isEmpty)
        let after = ledger.admit(.init(), now: start, until: start + .seconds(9))
        guard case .allowed(let wait) = after, wait.pause == .zero else {
            Issue.record("refused after a reset")
            return
        }
    }

    @Test("Retry-After is obeyed whatever answer carries it, and the refusal names that answer")
    func retryAfterOfFaults() {
        for (code, status, isRetryable) in [
            (UpstreamError.Code.upstreamFault, 503, true), (.upstreamFault, 500, true),
            (.unauthorized, 401, false), (.throttled, 429, true),
        ] {
            var ledger = ledger()
            let error = UpstreamError(
                code,
                "it failed",
                status: status,
                isRetryable: isRetryable,
                retryAfter: .seconds(40)
            )
            ledger.failed(error, now: start)
            let now = start + .seconds(2)
            let after = ledger.admit(.init(), now: now, until: now + .seconds(99))
            guard case .refused(let pause) = after else {
                Issue.record("let through after \(status)")
                continue
            }
            #expect(pause.code == code && pause.status == status)
            #expect(pause.retryAfter == .seconds(38) && pause.isRetryable == isRetryable)
            #expect(pause.message.contains("Retry-After"))
            #expect(pause == ledger.pause(now: now))
        }
    }

    @Test("Calls beyond the concurrency wait in line")
    func slots() {
        var ledger = ledger { $0.concurrency = 2 }
        func admit() -> CallLedger.Admission {
            ledger.admit(.init(), now: start, until: start + .seconds(9))
        }
        guard case .allowed = admit(), case .allowed = admit(), case .queued = admit() else {
            Issue.record("more than two")
            return
        }
        _ = ledger.leave()
        guard case .allowed = admit() else {
            Issue.record("no slot came back")
            return
        }
    }

    @Test("A reload changes bounds; what was learned, spent and lent stays")
    func follow() async throws {
        var ledger = ledger { ($0.concurrency, $0.breakerFailures) = (1, 2) }
        var policy = UpstreamPolicy(concurrency: 2, requestsPerSecond: 1, breakerFailures: 2)
        ledger.failed(Self.fault(), now: start)
        _ = ledger.admit(.init(), now: start, until: start + .seconds(9))
        let isGiven = await withCheckedContinuation { waiter in
            #expect(ledger.queue(waiter) != nil)
            for waiter in ledger.follow(policy, now: start) { waiter.resume(returning: true) }
        }
        #expect(isGiven)
        guard case .queued(.none) = ledger.admit(.init(), now: start, until: start + .seconds(9))
        else {
            Issue.record("a slot that was lent is free")
            return
        }
        policy.retries = 1
        _ = ledger.follow(policy, now: start)
        let third = ledger.admit(.init(), now: start, until: start + .seconds(9))
        guard case .queued(let wait) = third, wait.turn == .seconds(1) else {
            Issue.record("a turn that was taken is back")
            return
        }
        ledger.failed(Self.fault(), now: start)
        #expect(ledger.standing(now: start).name == "open")
        policy.breakerFailures = 9
        _ = ledger.follow(policy, now: start)
        #expect(ledger.standing(now: start).name == "open")
    }

    @Test("A call is made twice only where it is unusually long, within slots, rate and budget")
    func hedging() {
        var ledger = ledger { $0.concurrency = 2 }
        #expect(ledger.hedgeDelay(.init()) == nil)
        for _ in 0..<100 {
            _ = ledger.admit(.init(), now: start, until: start + .seconds(9))
            ledger.succeeded(.init(), in: .milliseconds(50), now: start)
            _ = ledger.leave()
        }
        #expect(ledger.hedgeDelay(.init()) == .milliseconds(150))
        #expect(ledger.hedgeDelay(.init(isRetry: true)) == nil)
        #expect(ledger.hedgeDelay(.init(isPreparation: true)) == nil)
        var allowed = 0
        for _ in 0..<20 where ledger.takeHedge(now: start) {
            allowed += 1
            _ = ledger.leave()
        }
        #expect(allowed == 5)
        #expect(ledger.counts.hedges == 5 && ledger.counts.calls == 105)
        // A minute later two are allowed, but not while every slot is taken or the breaker is open.
        let later = start + .seconds(70)
        for _ in 0..<2 { _ = ledger.admit(.init(), now: later, until: later + .seconds(9)) }
        #expect(ledger.takeHedge(now: later) == false)
        _ = ledger.leave()
        #expect(ledger.takeHedge(now: later) == true)
        // It holds the slot that was left.
        guard case .queued = ledger.admit(.init(), now: later, until: later + .seconds(9)) else {
            Issue.record("a second attempt took no slot")
            return
        }
        for _ in 0..<5 { ledger.failed(Self.fault(), now: later) }
        #expect(ledger.takeHedge(now: later) == false)
        #expect(ledger.hedgeDelay(.init()) == nil)
    }

    @Test("Without hedging no call is ever made twice")
    func withoutHedging() {
        var ledger = ledger { $0.hedge = nil }
        for _ in 0..<100 { ledger.succeeded(.init(), in: .seconds(1), now: start) }
        #expect(ledger.hedgeDelay(.init()) == nil)
        #expect(ledger.takeHedge(now: start) == false)
    }

    @Test("What is not the upstream's fault opens no breaker")
    func innocence() {
        var ledger = ledger { $0.breakerFailures = 1 }
        for code in [UpstreamError.Code.cancelled, .misconfigured, .unauthorized, .forbidden] {
            ledger.failed(UpstreamError(code, ""), now: start)
            #expect(ledger.standing(now: start).name == "closed", "\(code)")
        }
        ledger.failed(UpstreamError(.malformedAnswer, ""), now: start)
        #expect(
            ledger.standing(now: start) == BreakerStanding(name: "open", nextProbe: .seconds(10))
        )
    }
}
