internal import EventLoops
internal import MonotonicTime
internal import Upstreams

/// One call: what was asked, and what has come of it so far.
///
/// Ownership: the constants are set by the caller's task; everything else is touched on the loop's thread
/// only, by the engine and by libcurl's callbacks, which the engine's own calls make.
final class CurlTransfer: @unchecked Sendable {
    let request: UpstreamRequest
    let policy: TransportPolicy
    let deadline: MonotonicClock.Instant
    let observer: (@Sendable (CurlCallReport) -> Void)?

    // `@exclusivity(unchecked)`: all accesses are on the loop's thread and none calls out.

    /// While it is with libcurl; `nil` until the engine begins the transfer, and after its end.
    @exclusivity(unchecked) var handle: EasyHandle?
    @exclusivity(unchecked) var head: ResponseHead
    @exclusivity(unchecked) var body: [UInt8] = []
    /// Why a callback stopped the transfer.
    @exclusivity(unchecked) var refusal: UpstreamError?
    /// `nil` unless a second attempt may be made or has been made.
    @exclusivity(unchecked) var hedging: Hedging?
    @exclusivity(unchecked) private var continuation: Continuation?
    @exclusivity(unchecked) private var hasEnded = false

    typealias Outcome = Result<UpstreamResponse, UpstreamError>
    typealias Continuation = CheckedContinuation<Outcome, Never>

    /// What binds the two attempts of one call. A reference, so that a transfer without one stays small.
    final class Hedging {
        /// When a second attempt may be made, until that is decided.
        var due: MonotonicClock.Instant?
        /// The other attempt, while it is on the wire.
        var other: CurlTransfer?
        /// Whether this transfer is the second attempt.
        let isSecond: Bool
        /// What the first attempt failed with while the second was still waited for.
        var failure: CurlTransfer.Outcome?
        let attempt: any SecondAttempt

        init(
            _ attempt: any SecondAttempt,
            isSecond: Bool,
            due: MonotonicClock.Instant? = nil
        ) {
            self.attempt = attempt
            self.due = due
            self.isSecond = isSecond
        }
    }

    /// Whether it is with libcurl.
    var isUnderWay: Bool { handle != nil }
    /// Whether so little has come that another attempt may well be done first. Of a long answer it would hold as much
    /// again.
    var mayBeOvertaken: Bool { body.count <= Self.overtakenBodyBytesMax }

    private static let overtakenBodyBytesMax = 64 << 10

    init(
        request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant,
        limits: CurlTransportLimits,
        observer: (@Sendable (CurlCallReport) -> Void)?,
    ) {
        self.request = request
        self.policy = policy
        self.deadline = deadline
        self.observer = observer
        head = ResponseHead(limits: limits)
    }

    /// `false` where the cancellation came first; the caller is then answered already.
    func accept(_ continuation: Continuation) -> Bool {
        guard !hasEnded else {
            continuation.resume(returning: .failure(.cancelledCall))
            return false
        }
        self.continuation = continuation
        return true
    }

    /// Answers the caller; the first outcome counts.
    func end(_ outcome: Outcome) {
        hasEnded = true
        continuation?.resume(returning: outcome)
        continuation = nil
    }

    // MARK: What libcurl's callbacks bring; `false` stops the transfer.

    func received(headLine line: UnsafeRawBufferPointer) -> Bool {
        if let excess = head.received(line) {
            refusal = UpstreamError(.answerTooLarge, excess)
        } else if head.isContradictory {
            refusal = .twoLengths
        }
        return refusal == nil
    }

    func received(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= policy.bodyBytesMax - body.count else {
            refusal = .bodyTooLarge(policy.bodyBytesMax)
            return false
        }
        makeRoom(for: bytes.count)
        body.append(contentsOf: bytes)
        return true
    }

    /// Like an array's own growth, but never beyond the bound: of bodies near it half would be room for nothing, and copied
    /// into while the old half is still there.
    private func makeRoom(for byteCount: Int) {
        let needed = body.count + byteCount
        if body.isEmpty {
            body.reserveCapacity(expectedBodyBytes(atLeast: needed))
        } else if needed > body.capacity {
            body.reserveCapacity(min(max(needed, 2 * body.capacity), policy.bodyBytesMax))
        }
    }

    /// The announced length is a hint from a stranger: it reserves a megabyte at most.
    private func expectedBodyBytes(atLeast least: Int) -> Int {
        max(least, min(head.contentLength ?? 0, policy.bodyBytesMax, 1 << 20))
    }
}
