import HTTPWire
internal import MonotonicTime

/// What a connection does next; no I/O. The driver reports events and performs the returned
/// actions.
///
///     (handshaking ──▶) idle ── first byte ──▶ readingHead ── head ──▶ readingBody ── content ──▶ responding
///      ▲                        └─ head without content ───────────────────────────┘ │
///      └──────── flushed, keep-alive ──── writing ◀── answer (also from a refusal) ──┘
///                                            └─ flushed, close ──▶ lingering ──▶ closed
///
/// Any state goes to `closed` on failure.
struct ConnectionStateMachine: ~Copyable {
    typealias Instant = MonotonicClock.Instant

    /// When the present state has lasted too long; `nil` while the responder works, which has its
    /// own deadline.
    private(set) var deadline: Instant?
    private var state = State.idle
    private var idleSince: Instant
    /// When the first byte of the present request came.
    private var requestBegan: Instant
    private var keepsAlive = true
    private var hasInputEnded = false
    private var isDraining = false
    private var requestCount = 0
    private let limits: ServerLimits

    private enum State {
        case handshaking
        case idle
        case readingHead
        case readingBody
        case responding
        case writing
        case lingering
        case closed
    }

    init(limits: ServerLimits, isTLS: Bool = false, now: Instant) {
        self.limits = limits
        idleSince = now
        requestBegan = now
        state = isTLS ? .handshaking : .idle
        deadline = now + (isTLS ? limits.headTime : limits.idleTime)
    }

    // MARK: Questions

    var wantsHead: Bool {
        switch state {
        case .handshaking, .idle, .readingHead: true
        case .readingBody, .responding, .writing, .lingering, .closed: false
        }
    }
    var wantsBody: Bool { state == .readingBody }
    var wantsInput: Bool {
        switch state {
        case .handshaking, .idle, .readingHead, .readingBody, .lingering: true
        case .responding, .writing, .closed: false
        }
    }
    var isIdle: Bool { state == .idle }
    /// Since when nothing has been under way, or a request that should long be here; `nil` where a newcomer must not take
    /// this place.
    func spareSince(now: Instant) -> Instant? {
        switch state {
        case .handshaking, .idle: idleSince
        case .readingHead, .readingBody:
            now >= requestBegan + limits.stallTime ? requestBegan : nil
        case .responding, .writing, .lingering, .closed: nil
        }
    }
    var isResponding: Bool { state == .responding }
    var isLingering: Bool { state == .lingering }
    var isClosed: Bool { state == .closed }

    // MARK: Events

    /// The TLS handshake is done; a head may be under way or not.
    mutating func handshakeCompleted(now: Instant) {
        guard state == .handshaking else { return }
        state = .idle
        idleSince = now
        deadline = now + (isDraining ? limits.drainIdleTime : limits.idleTime)
    }

    /// The TLS handshake has failed, and the client was told why. Returns whether to linger, so that no reset overtakes
    /// that.
    mutating func handshakeFailed(now: Instant) -> Bool {
        guard state == .handshaking else { return false }
        linger(now: now)
        return true
    }

    private mutating func linger(now: Instant) {
        state = .lingering
        deadline = now + limits.lingerTime
    }

    /// Part of a head has arrived.
    mutating func headBegan(now: Instant) {
        guard state == .idle else { return }
        state = .readingHead
        requestBegan = now
        deadline = now + limits.headTime
    }

    /// Whether a request without content that came now would be answered at once and keep the connection.
    var mayAnswerAtOnce: Bool {
        state == .idle && !isDraining && requestCount + 1 < limits.requestsPerConnectionMax
    }

    enum HeadAction: Equatable {
        /// Answer; at once only where the answer need not say `connection: close` of our own
        /// accord.
        case respond(mayAnswerAtOnce: Bool)
        case readBody
    }

    mutating func headCompleted(framing: BodyFraming, keepsAlive: Bool, now: Instant) -> HeadAction
    {
        requestCount += 1
        // A head that came whole has taken no time.
        if state != .readingHead { requestBegan = now }
        let closesByItself = isDraining || requestCount >= limits.requestsPerConnectionMax
        self.keepsAlive = keepsAlive && !closesByItself
        guard framing != .none else {
            state = .responding
            deadline = nil
            return .respond(mayAnswerAtOnce: !closesByItself)
        }
        state = .readingBody
        deadline = min(now + bodyTime(framing), requestBegan + limits.requestTime)
        return .readBody
    }

    mutating func bodyCompleted() {
        state = .responding
        deadline = nil
    }

    /// An answer is ready to be written. Returns whether the connection is kept, as the answer must
    /// say. Asked for before the answer is encoded.
    mutating func answerBegan(asksToClose: Bool) -> Bool {
        keepsAlive = keepsAlive && !asksToClose && !isDraining
        return keepsAlive
    }

    mutating func answerQueued() {
        state = .writing
        deadline = nil
    }

    /// The socket did not take the whole answer at once; only now is there anything to wait for.
    mutating func answerBlocked(byteCount: Int, now: Instant) {
        guard state == .writing, deadline == nil else { return }
        deadline = now + limits.writeTime + time(byteCount, limits.writeBytesPerSecondMin)
    }

    /// A request is refused: answer and close, whatever it asked for.
    mutating func refused() {
        keepsAlive = false
    }

    enum FlushAction: Equatable {
        /// The next request.
        case next
        /// End our half and drop what still comes, so that no reset overtakes the answer (RFC 9112
        /// §9.6).
        case linger
        case close
        /// Nothing of an answer was outstanding.
        case none
    }

    @inline(__always)
    mutating func flushed(now: Instant) -> FlushAction {
        guard state == .writing else { return .none }
        if keepsAlive {
            state = .idle
            idleSince = now
            deadline = now + (isDraining ? limits.drainIdleTime : limits.idleTime)
            return .next
        }
        guard !hasInputEnded else { return .close }
        linger(now: now)
        return .linger
    }

    enum EndAction: Equatable {
        case close
        /// The request broke off; a client that only closed its half may still read why (RFC 9112
        /// §8).
        case refuse(RequestRefusal.Reason)
    }

    /// The client sends no more. Never called while an answer is outstanding: nothing is read then.
    mutating func inputEnded() -> EndAction {
        hasInputEnded = true
        switch state {
        case .readingHead, .readingBody: return .refuse(.truncated)
        case .handshaking, .idle, .lingering, .responding, .writing, .closed: return .close
        }
    }

    enum DeadlineAction: Equatable {
        case none
        case close
        /// The client did not take its answer.
        case abort
        case refuse(RequestRefusal.Reason)
    }

    mutating func deadlineReached(now: Instant) -> DeadlineAction {
        guard let deadline, deadline <= now else { return .none }
        switch state {
        case .handshaking, .idle, .lingering, .closed: return .close
        case .readingHead: return .refuse(.headTimeout)
        case .readingBody: return .refuse(.bodyTimeout)
        case .writing: return .abort
        case .responding: return .none
        }
    }

    /// Answers say `connection: close` from now on; an idle connection gets a last short while,
    /// because its next request may be under way, however long it has been idle. Another drain
    /// does not make that longer.
    mutating func drain(now: Instant) {
        guard !isDraining else { return }
        isDraining = true
        guard state == .idle else { return }
        deadline = now + limits.drainIdleTime
    }

    mutating func closed() {
        state = .closed
        deadline = nil
    }

    private func bodyTime(_ framing: BodyFraming) -> Duration {
        let byteCount = if case .fixed(let length) = framing { length } else { limits.bodyBytesMax }
        return limits.bodyTime + time(byteCount, limits.bodyBytesPerSecondMin)
    }

    private func time(_ byteCount: Int, _ bytesPerSecond: Int) -> Duration {
        .milliseconds(byteCount / max(1, bytesPerSecond / 1_000))
    }
}
