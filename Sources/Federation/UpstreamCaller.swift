internal import Caching
internal import ImageModel
internal import Synchronization
internal import Upstreams

/// Calls one upstream politely: breaker, rate limit, session, retries, each call within its deadline.
///
/// Ownership: `state` is shared by every walk of this upstream and held for moments only.
final class UpstreamCaller: Sendable {
    let adapter: any ProviderAdapter
    let policy: UpstreamPolicy
    private let environment: WalkEnvironment
    private let state: Mutex<State>
    private let renewals: SingleFlight<String, Result<Session, UpstreamError>>

    private struct State {
        var breaker: CircuitBreaker
        var bucket: TokenBucket?
        var session: Session?
        var callCount: UInt64 = 0
    }

    /// First pause before a retry; doubles with each.
    private static let backoffBase = Duration.milliseconds(100)
    /// Calls of one login; more means that the provider leads in circles.
    private static let loginStepsMax = 4
    /// A `Retry-After` beyond this is not worth waiting for within a walk.
    private static let retryAfterMax = Duration.seconds(30)

    init(adapter: any ProviderAdapter, policy: UpstreamPolicy, environment: WalkEnvironment) {
        self.adapter = adapter
        self.policy = policy
        self.environment = environment
        self.renewals = SingleFlight(executor: environment.executor)
        let now = environment.timekeeper.now
        self.state = Mutex(
            State(
                breaker: CircuitBreaker(
                    failures: policy.breakerFailures,
                    openFor: policy.breakerOpenFor
                ),
                bucket: policy.requestsPerSecond.map {
                    TokenBucket(perSecond: $0, burst: $0, now: now)
                }
            )
        )
    }

    var breakerName: String { state.withLock { $0.breaker.name } }
    var callCount: UInt64 { state.withLock { $0.callCount } }

    /// One page as it came: read, or known to be the same as last time.
    enum PageAnswer {
        case unchanged
        case read(ListPage, PageIdentity)
    }

    /// One page, with one renewal of the session where it turns out to have ended. It is not read where it is
    /// the one that `known` stands for.
    func page(
        at position: PagePosition,
        pushdown: Pushdown?,
        unless known: PageIdentity? = nil,
        until deadline: ContinuousClock.Instant
    ) async throws(UpstreamError) -> PageAnswer {
        let session = try await currentSession(until: deadline)
        do throws(UpstreamError) {
            return try await page(at: position, pushdown, session, known, until: deadline)
        } catch {
            guard error.code == .sessionExpired, let session else { throw error }
            let renewed = try await renew(session, until: deadline)
            return try await page(at: position, pushdown, renewed, known, until: deadline)
        }
    }

    private func page(
        at position: PagePosition,
        _ pushdown: Pushdown?,
        _ session: Session?,
        _ known: PageIdentity?,
        until deadline: ContinuousClock.Instant
    ) async throws(UpstreamError) -> PageAnswer {
        let adapter = self.adapter
        let volatileMembers = type(of: adapter).volatileMembers
        return try await attempts(until: deadline) { date throws(UpstreamError) in
            var request = try adapter.pageRequest(
                at: position,
                pushdown: pushdown,
                session: session,
                date: date
            )
            if request.method == "GET", let tag = known?.entityTag {
                request.fields.append(UpstreamField("If-None-Match", tag))
            }
            return request
        } decode: { response throws(UpstreamError) in
            if known?.matches(response, volatileMembers: volatileMembers) == true {
                return .unchanged
            }
            let page = try adapter.decodePage(response, at: position)
            return .read(page, PageIdentity(response, volatileMembers: volatileMembers))
        }
    }

    // MARK: Attempts

    /// Asks until there is an answer, an error that no retry mends, or no time left.
    private func attempts<Answer>(
        until deadline: ContinuousClock.Instant,
        request: (Timestamp) throws(UpstreamError) -> UpstreamRequest,
        decode: (UpstreamResponse) throws(UpstreamError) -> Answer
    ) async throws(UpstreamError) -> Answer {
        var attempt = 0
        while true {
            do throws(UpstreamError) {
                return try await call(until: deadline, request: request, decode: decode)
            } catch {
                guard error.isRetryable, attempt < policy.retries, error.code != .circuitOpen,
                    let pause = pause(before: attempt + 1, after: error, until: deadline)
                else { throw error }
                attempt += 1
                try await sleep(pause)
            }
        }
    }

    private func call<Answer>(
        until deadline: ContinuousClock.Instant,
        request: (Timestamp) throws(UpstreamError) -> UpstreamRequest,
        decode: (UpstreamResponse) throws(UpstreamError) -> Answer
    ) async throws(UpstreamError) -> Answer {
        try await admit(until: deadline)
        let timekeeper = environment.timekeeper
        let message = try request(timekeeper.date)
        let limit = min(deadline, timekeeper.now + policy.callTimeout)
        do throws(UpstreamError) {
            let response = try await environment.transport.send(
                message,
                policy: policy.transport,
                deadline: limit
            )
            let answer = try decode(response)
            state.withLock { $0.breaker.succeeded() }
            return answer
        } catch {
            record(error)
            throw error
        }
    }

    /// Asks the breaker and waits for the rate limit, if its turn comes before `deadline`.
    private func admit(until deadline: ContinuousClock.Instant) async throws(UpstreamError) {
        let now = environment.timekeeper.now
        let (admission, wait) = state.withLock { state in
            let admission = state.breaker.admit(now: now)
            guard admission == .allowed, state.bucket != nil else {
                return (admission, Duration?.some(.zero))
            }
            let longest = now.duration(to: deadline)
            return (admission, state.bucket?.reserve(now: now, longest: longest))
        }
        if case .refused(let retryAfter) = admission {
            throw UpstreamError(
                .circuitOpen,
                "not asked: it failed \(policy.breakerFailures) times in a row; the next try is due soon",
                isRetryable: true,
                retryAfter: retryAfter
            )
        }
        guard let wait else {
            throw UpstreamError(
                .deadlineExceeded,
                "its rate_limit leaves no call within walk_timeout",
                isRetryable: false
            )
        }
        if wait > .zero { try await sleep(wait) }
        state.withLock { $0.callCount += 1 }
    }

    /// Only faults of the upstream itself count against it; a refused request says that it works.
    private func record(_ error: UpstreamError) {
        let now = environment.timekeeper.now
        state.withLock { state in
            switch error.code {
            case .cancelled: break
            case _ where error.isRetryable && error.code != .throttled:
                state.breaker.failed(now: now)
            default: state.breaker.succeeded()
            }
        }
    }

    private func pause(
        before attempt: Int,
        after error: UpstreamError,
        until deadline: ContinuousClock.Instant
    ) -> Duration? {
        let backoff = Self.backoffBase * (1 << min(attempt - 1, 6))
        let jittered = backoff / 2 + (backoff / 2) * environment.randomness.unit()
        var pause = jittered
        if let asked = error.retryAfter {
            guard asked <= Self.retryAfterMax else { return nil }
            pause = max(asked, jittered)
        }
        return environment.timekeeper.now + pause < deadline ? pause : nil
    }

    private func sleep(_ pause: Duration) async throws(UpstreamError) {
        do throws(CancellationError) {
            try await environment.timekeeper.sleep(until: environment.timekeeper.now + pause)
        } catch {
            throw UpstreamError(.cancelled, "the walk was ended")
        }
    }

    // MARK: Sessions

    private func currentSession(
        until deadline: ContinuousClock.Instant
    ) async throws(UpstreamError) -> Session? {
        guard let login = adapter.session else { return nil }
        let session = state.withLock { $0.session }
        if let session, !login.needsRenewal(session, at: environment.timekeeper.date) {
            return session
        }
        return try await renew(session, until: deadline)
    }

    /// A session newer than `old`: somebody else's renewal, or one of our own that others join.
    private func renew(
        _ old: Session?,
        until deadline: ContinuousClock.Instant
    ) async throws(UpstreamError) -> Session {
        if let current = state.withLock({ $0.session }), current != old { return current }
        let outcome = await renewals.value(for: "session") { [self] in
            await logIn(after: old, until: deadline)
        }
        guard let outcome else { throw UpstreamError(.cancelled, "the walk was ended") }
        return try outcome.get()
    }

    private func logIn(
        after old: Session?,
        until deadline: ContinuousClock.Instant
    ) async -> Result<Session, UpstreamError> {
        do throws(UpstreamError) {
            return .success(try await logInFully(previous: old, until: deadline))
        } catch {
            // A refresh token may have been withdrawn; the credentials themselves may still do.
            guard old != nil else { return .failure(error) }
            state.withLock { $0.session = nil }
        }
        do throws(UpstreamError) {
            return .success(try await logInFully(previous: nil, until: deadline))
        } catch {
            return .failure(error)
        }
    }

    private func logInFully(
        previous: Session?,
        until deadline: ContinuousClock.Instant
    ) async throws(UpstreamError) -> Session {
        guard let login = adapter.session else {
            throw UpstreamError(.misconfigured, "this upstream has no login")
        }
        var step: SessionStep?
        for _ in 0..<Self.loginStepsMax {
            let after = step
            let progress = try await attempts(until: deadline) { date throws(UpstreamError) in
                try login.request(after: after, previous: previous, date: date)
            } decode: { response throws(UpstreamError) in
                try login.decode(
                    response,
                    after: after,
                    previous: previous,
                    date: environment.timekeeper.date
                )
            }
            switch progress {
            case .next(let next): step = next
            case .established(let session):
                state.withLock { $0.session = session }
                return session
            }
        }
        throw UpstreamError(.malformedAnswer, "the login did not come to an end")
    }
}
