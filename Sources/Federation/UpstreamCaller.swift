internal import Caching
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Synchronization
internal import Upstreams

/// Calls one upstream politely: breaker, rate limit, slots, session, retries, each call within its deadline.
///
/// Ownership: `ledger` and `session` are shared by every walk of this upstream and held for moments only.
final class UpstreamCaller: Sendable {
    let adapter: any ProviderAdapter
    let policy: UpstreamPolicy
    let environment: WalkEnvironment
    /// What no error may repeat.
    private let secrets: [Redacted<String>]
    /// Shared with callers of the same upstream from before a reload.
    let ledger: SharedLedger
    private let session = Mutex<Session?>(nil)
    private let recent = Mutex<RecentRequest?>(nil)
    private let renewals: SingleFlight<String, Result<Session, UpstreamError>>

    /// Calls of one login; more means that the provider leads in circles.
    private static let loginStepsMax = 4

    init(
        adapter: any ProviderAdapter,
        policy: UpstreamPolicy,
        environment: WalkEnvironment,
        secrets: [Redacted<String>] = [],
        ledger: SharedLedger? = nil
    ) {
        self.adapter = adapter
        self.secrets = secrets
        self.policy = policy
        self.environment = environment
        self.renewals = SingleFlight(executor: environment.executor)
        self.ledger = ledger ?? SharedLedger(policy, now: environment.timekeeper.now)
    }

    func breaker(now: MonotonicClock.Instant) -> BreakerStanding {
        ledger.withLock { $0.standing(now: now) }
    }

    var counts: CallCounts { ledger.withLock { $0.counts } }

    func pause(now: MonotonicClock.Instant) -> UpstreamError? {
        ledger.withLock { $0.pause(now: now) }
    }

    /// Closes the breaker and forgets what the upstream asked for: calls that wait for that are made now.
    func reset() {
        for waiter in ledger.withLock({ $0.reset() }) { waiter.resume(returning: true) }
    }

    /// Calls that wait out a pause, and those that come, are made whatever the upstream asked for.
    func endPauses() {
        for waiter in ledger.withLock({ $0.endPauses() }) { waiter.resume(returning: true) }
    }

    // What is not inlined, here and below, would lie in the frame of every task that waits, and frames are taken from
    // the heap.

    /// One page as it came: read, known to be the same as last time, or left alone because of its size.
    enum PageAnswer {
        case unchanged
        indirect case read(ListPage, PageIdentity)
        case tooLong
    }

    /// One page, with one renewal of the session where it turns out to have ended. It is not read where it is
    /// the one that `known` stands for, or has more bytes than `byteCountMax`.
    func page(
        at position: PagePosition,
        pushdown: Pushdown?,
        unless known: PageRecord? = nil,
        byteCountMax: Int = .max,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> PageAnswer {
        let session = try await currentSession(until: deadline)
        let question = PageQuestion(
            position: position,
            pushdown: pushdown,
            session: session,
            entityTag: known?.identity.entityTag
        )
        do throws(UpstreamError) {
            return try await page(question, known, byteCountMax, until: deadline)
        } catch {
            guard error.code == .sessionExpired, session != nil else { throw error }
        }
        return try await pageAgain(question, known, byteCountMax, until: deadline)
    }

    /// With another session than before.
    @inline(never)
    private func pageAgain(
        _ question: PageQuestion,
        _ known: PageRecord?,
        _ byteCountMax: Int,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> PageAnswer {
        var question = question
        question.session = try await renew(question.session, until: deadline)
        return try await page(question, known, byteCountMax, until: deadline)
    }

    @inline(never)
    private func page(
        _ question: PageQuestion,
        _ known: PageRecord?,
        _ byteCountMax: Int,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> PageAnswer {
        let adapter = self.adapter
        let volatileMembers = type(of: adapter).volatileMembers
        var purpose = CallLedger.Purpose()
        // Whoever asked for a list that begins cannot wait longer, and is better told why it does not.
        if question.position == .first {
            purpose.pauseMax = min(purpose.pauseMax, policy.deadline)
        } else {
            purpose.isWithinList = true
        }
        return try await attempts(purpose, until: deadline) { date throws(UpstreamError) in
            try request(question, date)
        } second: {
            SecondPage(self, question)
        } decode: { response throws(UpstreamError) in
            if response.body.count > byteCountMax { return .tooLong }
            if known?.isRepeated(by: response, volatileMembers: volatileMembers) == true {
                return .unchanged
            }
            return try read(response, at: question.position, known?.identity.whole)
        }
    }

    /// Reads a page, and of a short list only what is new in it.
    @inline(never)
    private func read(
        _ response: UpstreamResponse,
        at position: PagePosition,
        _ before: WholePage?
    ) throws(UpstreamError) -> PageAnswer {
        var response = response
        response.known = before?.page
        var page = try adapter.decodePage(response, at: position)
        if let before, page.repeats(before.page) { return .unchanged }
        // What leads on from a page may be its last image, which must then have been read.
        if before != nil, page.next != nil || !page.isNoted {
            response.known = nil
            page = try adapter.decodePage(response, at: position)
        }
        let whole =
            page.isNoted
            ? WholePage(response.body, page, at: position, before: before) : nil
        let identity = PageIdentity(
            response,
            whole: whole,
            volatileMembers: type(of: adapter).volatileMembers
        )
        return .read(page, identity)
    }

    /// The request for a page, signed for `date`; the one before where that does as well.
    @inline(never)
    private func request(
        _ question: PageQuestion,
        _ date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        if let recent = recent.withLock({ $0 }), recent.answers(question, date) {
            return recent.request
        }
        let request = try question.request(adapter, date)
        if adapter.repeatsRequests, question.position == .first {
            let new = RecentRequest(question: question, second: date.seconds, request: request)
            recent.withLock { $0 = new }
        }
        return request
    }

    // MARK: Attempts

    /// Asks until there is an answer, an error that no retry mends, or no time or budget left.
    private func attempts<Answer>(
        _ purpose: CallLedger.Purpose,
        until deadline: MonotonicClock.Instant,
        request: (Timestamp) throws(UpstreamError) -> UpstreamRequest,
        second: () -> SecondPage? = { nil },
        decode: (UpstreamResponse) throws(UpstreamError) -> Answer
    ) async throws(UpstreamError) -> Answer {
        var purpose = purpose
        var attempt = 0
        var before: UpstreamError?
        while true {
            purpose.isRetry = attempt > 0
            let endCount = ledger.withLock { $0.pauses.endCount }
            do throws(UpstreamError) {
                return try await call(
                    purpose,
                    until: deadline,
                    request: request,
                    second: second,
                    decode: decode
                )
            } catch {
                // That the breaker has opened meanwhile, or the time is up, says less than what went wrong before.
                guard error.code != .circuitOpen, error != .walkTimeout else {
                    throw before ?? error
                }
                attempt += error.requestCount
                guard attempt <= policy.retries, error.isWorthRepeating,
                    (error.retryAfter ?? .zero) <= purpose.pauseMax,
                    let pause = pause(before: attempt, after: error, until: deadline),
                    ledger.withLock({ $0.takeRetry(now: environment.timekeeper.now) })
                else { throw error }
                before = error
                try await waitOut(pause, from: environment.timekeeper.now, endCount)
            }
        }
    }

    private func call<Answer>(
        _ purpose: CallLedger.Purpose,
        until deadline: MonotonicClock.Instant,
        request: (Timestamp) throws(UpstreamError) -> UpstreamRequest,
        second: () -> SecondPage?,
        decode: (UpstreamResponse) throws(UpstreamError) -> Answer
    ) async throws(UpstreamError) -> Answer {
        let isProbe = try await admit(purpose, until: deadline)
        let timekeeper = environment.timekeeper
        let begin = timekeeper.now
        let limit = min(deadline, begin + policy.callTimeout)
        let second = hedge(purpose, second, since: begin)
        // Whichever attempt counts, neither is on the wire once the call has ended.
        defer { if second?.attempt.isUnderWay == true { leave() } }
        var sent: UpstreamRequest?
        do throws(UpstreamError) {
            let call = try request(timekeeper.date)
            sent = call
            let response = try await environment.transport.send(
                call,
                policy: transportPolicy(onNewConnection: isProbe || purpose.isRetry),
                deadline: limit,
                hedge: second?.hedge
            )
            let now = timekeeper.now
            let answer = try decode(response)
            end { $0.succeeded(purpose, in: begin.duration(to: now), now: now) }
            return answer
        } catch {
            // A page that had less than its own time is not what was late.
            let isCut = purpose.isWithinList && limit < begin + policy.callTimeout
            throw failed(error, of: sent, isCut: isCut)
        }
    }

    /// Notes how a call failed; returns what there is to tell of it.
    @inline(never)
    private func failed(
        _ error: UpstreamError,
        of sent: UpstreamRequest?,
        isCut: Bool
    ) -> UpstreamError {
        let told = isCut && error.code == .deadlineExceeded ? .walkTimeout : error
        // What is kept of it is told again.
        let error = told.withoutEcho(of: sent, secrets: secrets)
        end { $0.failed(error, now: environment.timekeeper.now) }
        environment.callFailed?(error.code)
        return error
    }

    @inline(never)
    private func hedge(
        _ purpose: CallLedger.Purpose,
        _ second: () -> SecondPage?,
        since begin: MonotonicClock.Instant
    ) -> (hedge: Hedge, attempt: SecondPage)? {
        guard let delay = ledger.withLock({ $0.hedgeDelay(purpose) }), let attempt = second()
        else { return nil }
        return (Hedge(at: begin + delay, attempt), attempt)
    }

    /// An attempt that must not become two takes no connection that may have ended unnoticed.
    private func transportPolicy(onNewConnection: Bool) -> TransportPolicy {
        var transport = policy.transport
        transport.needsNewConnection = onNewConnection
        return transport
    }

    /// Hands a slot on.
    private func leave() {
        ledger.withLock { $0.leave() }?.resume(returning: true)
    }

    /// Notes how a call ended and hands its slot on.
    private func end(_ note: (inout CallLedger) -> Void) {
        let next = ledger.withLock { ledger in
            note(&ledger)
            return ledger.leave()
        }
        next?.resume(returning: true)
    }

    /// Asks breaker, rate limit and slots, and waits where its turn comes before `deadline`. A slot is taken
    /// when it returns, none when it throws. Returns whether the call is a breaker's probe.
    private func admit(
        _ purpose: CallLedger.Purpose,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> Bool {
        let now = environment.timekeeper.now
        let wait: CallLedger.Wait
        switch ledger.withLock({ $0.admit(purpose, now: now, until: deadline) }) {
        case .refused(let error): throw error
        case .allowed(let turn): wait = turn
        case .queued(let turn):
            wait = turn
            try await takeSlot(until: deadline)
        }
        guard max(wait.turn, wait.pause) > .zero else { return wait.isProbe }
        do throws(UpstreamError) {
            try await waitOut(wait.pause, from: now, wait.pauseEndCount)
            try await sleep(until: now + wait.turn)
        } catch {
            end { _ in }
            throw error
        }
        return wait.isProbe
    }

    // MARK: Sessions

    private func currentSession(
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> Session? {
        guard let login = adapter.session else { return nil }
        let session = session.withLock { $0 }
        if let session, !login.needsRenewal(session, at: environment.timekeeper.date) {
            return session
        }
        return try await renew(session, until: deadline)
    }

    /// A session newer than `old`: somebody else's renewal, or one of our own that others join.
    private func renew(
        _ old: Session?,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> Session {
        if let current = session.withLock({ $0 }), current != old { return current }
        let outcome = await renewals.value(for: "session") { [self] in
            await logIn(after: old, until: deadline)
        }
        guard let outcome else { throw .walkEnded }
        return try outcome.get()
    }

    private func logIn(
        after old: Session?,
        until deadline: MonotonicClock.Instant
    ) async -> Result<Session, UpstreamError> {
        do throws(UpstreamError) {
            return .success(try await logInFully(previous: old, until: deadline))
        } catch {
            // A refresh token may have been withdrawn; the credentials themselves may still do. They would fare no
            // better where nobody answers.
            guard old != nil, !error.isRetryable else { return .failure(error.atLogin) }
            session.withLock { $0 = nil }
        }
        do throws(UpstreamError) {
            return .success(try await logInFully(previous: nil, until: deadline))
        } catch {
            return .failure(error.atLogin)
        }
    }

    private func logInFully(
        previous: Session?,
        until deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> Session {
        guard let login = adapter.session else {
            throw UpstreamError(.misconfigured, "this upstream has no login")
        }
        let purpose = CallLedger.Purpose(
            isPreparation: true,
            pauseMax: min(CallLedger.pauseMax, policy.deadline)
        )
        var step: SessionStep?
        for _ in 0..<Self.loginStepsMax {
            let after = step
            let progress = try await attempts(purpose, until: deadline) {
                date throws(UpstreamError) in
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
                self.session.withLock { $0 = session }
                return session
            }
        }
        throw UpstreamError(.malformedAnswer, "the login did not come to an end")
    }
}
