internal import MonotonicTime
internal import Upstreams

/// What all walks of one upstream share about calling it: breaker, rate, retry budget, slots, pause, counts.
///
/// Pure but for the continuations that it keeps for whoever locks it: events and instants in, decisions out.
struct CallLedger {
    private var breaker: CircuitBreaker
    private var bucket: TokenBucket?
    private var budget: RetryBudget
    private var slots: CallSlots
    private var hedge: HedgePolicy?
    private var hedgeBudget: RetryBudget
    private var times = CallTimes()
    private var waiters: [UInt64: Waiter] = [:]
    /// Until then the upstream itself asked not to be called.
    private var pausedUntil: MonotonicClock.Instant?
    /// The answer that asked for it.
    private var pauseCause: UpstreamError?
    /// Who waits for that, or for its next attempt.
    var pauses = Pauses()
    /// The last failure that counted against the upstream.
    private var fault: UpstreamError?
    private(set) var counts = CallCounts()

    typealias Waiter = CheckedContinuation<Bool, Never>

    /// What a call is, as far as breaker and budget care.
    struct Purpose {
        /// Another attempt of a call that failed.
        var isRetry = false
        /// A login: its success says little about the list.
        var isPreparation = false
        /// A page behind the first one.
        var isWithinList = false
        /// A pause that the upstream asked for and that is longer than this is not waited out.
        var pauseMax = CallLedger.pauseMax
    }

    enum Admission {
        /// A slot is taken. Wait so long, then call; give the slot back afterwards.
        case allowed(after: Wait)
        /// All slots are taken: wait in line first, then for so long.
        case queued(after: Wait)
        case refused(UpstreamError)
    }

    /// From the moment of the admission on, side by side.
    struct Wait: Hashable {
        /// Until the operator's rate limit has a turn.
        var turn = Duration.zero
        /// Until the upstream may be called again by its own word. Ends early with the pauses.
        var pause = Duration.zero
        /// How often pauses had been ended when this one was seen.
        var pauseEndCount: UInt64 = 0
        /// Whether the call is the one that an open breaker lets through.
        var isProbe = false

        static let none = Wait()
    }

    /// The longest pause that is waited out within a walk.
    static let pauseMax = Duration.seconds(30)

    init(_ policy: UpstreamPolicy, now: MonotonicClock.Instant) {
        breaker = CircuitBreaker(
            failures: policy.breakerFailures,
            openFor: policy.breakerOpenFor,
            callTimeout: policy.callTimeout
        )
        bucket = policy.requestsPerSecond.map { TokenBucket(perSecond: $0, burst: $0, now: now) }
        budget = RetryBudget(share: policy.retryBudget, now: now)
        slots = CallSlots(countMax: policy.concurrency)
        hedge = policy.hedge
        hedgeBudget = RetryBudget(share: policy.hedge?.budget ?? 0, now: now)
    }

    /// Other bounds, as a reload brings them. What was counted, learned and lent stays, so that calls of before
    /// and after are held to one account. Returns who has a slot now that there are more.
    mutating func follow(_ policy: UpstreamPolicy, now: MonotonicClock.Instant) -> [Waiter] {
        breaker.change(
            failures: policy.breakerFailures,
            openFor: policy.breakerOpenFor,
            callTimeout: policy.callTimeout
        )
        if let rate = policy.requestsPerSecond {
            bucket?.change(perSecond: rate, burst: rate, now: now)
            bucket = bucket ?? TokenBucket(perSecond: rate, burst: rate, now: now)
        } else {
            bucket = nil
        }
        budget.share = policy.retryBudget
        hedge = policy.hedge
        hedgeBudget.share = policy.hedge?.budget ?? 0
        return slots.change(countMax: policy.concurrency)
            .compactMap { waiters.removeValue(forKey: $0) }
    }

    // MARK: Before a call

    mutating func admit(
        _ purpose: Purpose,
        now: MonotonicClock.Instant,
        until deadline: MonotonicClock.Instant
    ) -> Admission {
        let longest = now.duration(to: deadline)
        let pause = pausedUntil.map { max(.zero, now.duration(to: $0)) } ?? .zero
        guard pause <= min(longest, purpose.pauseMax) else {
            return .refused(.paused(for: pause, after: pauseCause))
        }
        if case .refused(let retryAfter) = breaker.admit(now: now) {
            counts.refusals += 1
            return .refused(.circuitOpen(after: fault, retryAfter: retryAfter))
        }
        var wait = Duration.zero
        if bucket != nil {
            guard let turn = bucket?.reserve(now: now, longest: longest) else {
                return .refused(.noTurn)
            }
            wait = turn
        }
        counts.calls += 1
        if purpose.isRetry { counts.retries += 1 } else { budget.called(now: now) }
        if hedge != nil { hedgeBudget.called(now: now) }
        let after = Wait(
            turn: wait,
            pause: pause,
            pauseEndCount: pauses.endCount,
            isProbe: breaker.isProbing
        )
        return slots.take() ? .allowed(after: after) : .queued(after: after)
    }

    /// Takes one further attempt out of the budget.
    mutating func takeRetry(now: MonotonicClock.Instant) -> Bool {
        let isAllowed = budget.takeRetry(now: now)
        if !isAllowed { counts.retriesWithheld += 1 }
        return isAllowed
    }

    // MARK: Second attempts

    /// How long a call may take before it is made a second time; `nil` where it never is: while a breaker has its
    /// doubts, for logins and retries, and before it is known what is slow.
    func hedgeDelay(_ purpose: Purpose) -> Duration? {
        guard let hedge, !purpose.isRetry, !purpose.isPreparation, breaker.name == "closed" else {
            return nil
        }
        return hedge.after ?? times.unusual
    }

    /// Whether a second attempt fits into slots, rate and budget now. It takes a slot of its own.
    mutating func takeHedge(now: MonotonicClock.Instant) -> Bool {
        guard slots.hasRoom, breaker.name == "closed", bucket?.take(now: now) == nil,
            hedgeBudget.takeRetry(now: now)
        else { return false }
        counts.calls += 1
        counts.hedges += 1
        return slots.take()
    }

    mutating func hedgeWon() { counts.hedgesWon += 1 }

    // MARK: Slots

    /// A place in the line; `nil` where a slot became free meanwhile and is taken now.
    mutating func queue(_ waiter: Waiter) -> UInt64? {
        if slots.take() { return nil }
        let number = slots.queue()
        waiters[number] = waiter
        return number
    }

    /// Whoever gave up waiting; `nil` where the slot was given already.
    mutating func abandon(_ number: UInt64) -> Waiter? {
        slots.abandon(number) ? waiters.removeValue(forKey: number) : nil
    }

    /// Gives the slot back; returns who has it now.
    mutating func leave() -> Waiter? {
        slots.leave().flatMap { waiters.removeValue(forKey: $0) }
    }

    // MARK: After a call

    mutating func succeeded(
        _ purpose: Purpose,
        in time: Duration = .zero,
        now: MonotonicClock.Instant
    ) {
        if hedge != nil, !purpose.isPreparation { times.note(time) }
        if purpose.isPreparation { breaker.prepared(now: now) } else { breaker.succeeded() }
    }

    /// Only faults of the upstream itself count against it; a refused request says that it works.
    mutating func failed(_ error: UpstreamError, now: MonotonicClock.Instant) {
        if let asked = error.retryAfter { (pausedUntil, pauseCause) = (now + asked, error) }
        switch error.code {
        case .cancelled: breaker.cancelled(now: now)
        case .misconfigured: break
        case .throttled: breaker.succeeded()
        case .malformedAnswer, .answerTooLarge, .tlsFailed: blame(error, now)
        case _ where error.isRetryable: blame(error, now)
        default: breaker.succeeded()
        }
    }

    private mutating func blame(_ error: UpstreamError, _ now: MonotonicClock.Instant) {
        fault = error
        let before = breaker.name
        breaker.failed(now: now)
        if breaker.name == "open", before != "open" { counts.openings += 1 }
    }

    /// Forgets what was held against the upstream; returns who goes on now.
    mutating func reset() -> [Waiter] {
        breaker.reset()
        return endPauses()
    }

    /// Calls are made again whatever the upstream asked for; returns who goes on now.
    mutating func endPauses() -> [Waiter] {
        pausedUntil = nil
        return pauses.end()
    }

    // MARK: Looking

    /// That the upstream asked to be left alone, for as long as it did.
    func pause(now: MonotonicClock.Instant) -> UpstreamError? {
        guard let pausedUntil, now < pausedUntil else { return nil }
        return .paused(for: now.duration(to: pausedUntil), after: pauseCause)
    }

    func standing(now: MonotonicClock.Instant) -> BreakerStanding {
        BreakerStanding(name: breaker.name, nextProbe: breaker.nextProbe(now: now))
    }
}

/// What calling one upstream came to since the start.
public struct CallCounts: Sendable, Hashable {
    /// Calls that breaker and rate limit let through, retries included.
    public var calls: UInt64 = 0
    public var retries: UInt64 = 0
    /// Second attempts at calls that took long, and those of them that were answered first.
    public var hedges: UInt64 = 0
    public var hedgesWon: UInt64 = 0
    /// Retries that the budget did not allow.
    public var retriesWithheld: UInt64 = 0
    /// Calls that the breaker refused.
    public var refusals: UInt64 = 0
    /// Times the breaker opened.
    public var openings: UInt64 = 0
}

/// A breaker as others see it.
public struct BreakerStanding: Sendable, Hashable {
    /// `closed`, `open` or `half-open`.
    public var name: String
    /// `nil` while it is closed.
    public var nextProbe: Duration?

    public init(name: String, nextProbe: Duration?) {
        self.name = name
        self.nextProbe = nextProbe
    }
}

extension UpstreamError {
    /// Tells what opened the breaker, in words that were ours already.
    fileprivate static func circuitOpen(
        after fault: UpstreamError?,
        retryAfter: Duration
    ) -> UpstreamError {
        let cause = fault.map { "; the last time: \($0.code.rawValue), \($0.message)" } ?? ""
        return UpstreamError(
            .circuitOpen,
            "not asked: it failed too often in a row; the next try is due soon\(cause)",
            status: fault?.status,
            providerCode: fault?.providerCode,
            isRetryable: true,
            retryAfter: retryAfter
        )
    }

    /// Names what asked for the pause, which need not be that there were too many calls.
    fileprivate static func paused(
        for pause: Duration,
        after cause: UpstreamError?
    ) -> UpstreamError {
        let code = cause?.code ?? .throttled
        let told = code == .throttled ? "" : cause.map { "; the last time: \($0.message)" } ?? ""
        return UpstreamError(
            code,
            "not asked: it asked to be left alone for a while (Retry-After)\(told)",
            status: cause?.status,
            providerCode: cause?.providerCode,
            isRetryable: cause?.isRetryable ?? true,
            retryAfter: pause
        )
    }

    fileprivate static let noTurn = UpstreamError(
        .deadlineExceeded,
        "its rate_limit leaves no call within walk_timeout"
    )

    static let noSlot = UpstreamError(
        .deadlineExceeded,
        "its concurrency leaves no call within walk_timeout"
    )

    static let walkEnded = UpstreamError(.cancelled, "the walk was ended")
}
