internal import CCurl
internal import EventLoops
internal import MonotonicTime
internal import Upstreams

/// One multi handle on one loop.
///
/// Ownership: everything here belongs to the loop's thread. libcurl calls back from inside our own calls
/// to it; the callbacks touch the loop's registrations and never call the multi handle again. While anything
/// is under way, the timers and the watches keep the engine alive, so `deinit`, on whatever thread, finds it
/// at rest.
final class CurlEngine: @unchecked Sendable {
    // Invariant: after `init`, stored variables are touched on the loop's thread or in `deinit` only.
    // `@exclusivity(unchecked)`: the run-time checks cost as much as what they guard, and no access is open
    // while libcurl or an action runs.
    let loop: EventLoop
    let limits: CurlTransportLimits
    private let userAgent: String
    /// `nil` once closed.
    @exclusivity(unchecked) private var multi: UnsafeMutableRawPointer?
    @exclusivity(unchecked) private(set) var transfers: [UnsafeMutableRawPointer: CurlTransfer] =
        [:]
    @exclusivity(unchecked) private var idleHandles: [EasyHandle] = []
    @exclusivity(unchecked) var watches: [Int32: SocketWatch] = [:]
    /// For when libcurl wants to be called next.
    @exclusivity(unchecked) private var timer = EarlyTimer()
    /// When libcurl wants to be called next. It changes its mind several times in one call of ours, so the
    /// loop hears of the last one only.
    @exclusivity(unchecked) var wakeUp: MonotonicClock.Instant?
    /// For the deadlines of all transfers.
    @exclusivity(unchecked) private var deadlineTimer = EarlyTimer()
    /// For the second attempts of all transfers.
    @exclusivity(unchecked) var hedgeTimer = EarlyTimer()
    @exclusivity(unchecked) var idleSockets: [IdleSocket] = []
    @exclusivity(unchecked) var idleSocketsChecked: MonotonicClock.Instant?

    init(loop: EventLoop, limits: CurlTransportLimits, userAgent: String) throws(UpstreamError) {
        self.loop = loop
        self.limits = limits
        self.userAgent = userAgent
        guard ccurl_initialise(), let multi = curl_multi_init() else { throw .libraryUnusable }
        self.multi = multi
        // Nothing may block the loop: a libcurl that resolves names in the caller's thread is refused.
        guard ccurl_resolves_asynchronously() else { throw .blockingResolver }
        try configure(multi)
        loop.submit { ccurl_block_broken_pipe_signal() }
    }

    deinit {
        guard let multi else { return }
        ccurl_multi_silence(multi)
        // This may be any thread, so the loop is not told of the sockets that close: the kernel forgets them by itself.
        idleSockets.removeAll()
        idleHandles.removeAll()
        curl_multi_cleanup(multi)
    }

    // MARK: Verbs, on the loop's thread

    private func begin(
        _ transfer: CurlTransfer,
        _ hedge: Hedge?,
        _ continuation: CurlTransfer.Continuation
    ) {
        loop.preconditionOnLoop()
        guard transfer.accept(continuation) else { return }
        do throws(UpstreamError) {
            try enter(transfer)
        } catch {
            transfer.end(.failure(error))
            return
        }
        retirePoisoned()
        runTimeouts()
        if let hedge { arm(hedge, for: transfer) }
    }

    /// The loop's own thread begins the call at once; any other one leaves it to the loop.
    func submit(
        _ transfer: CurlTransfer,
        _ hedge: Hedge?,
        _ continuation: CurlTransfer.Continuation
    ) {
        if loop.isCurrent { return begin(transfer, hedge, continuation) }
        loop.submit { self.begin(transfer, hedge, continuation) }
    }

    /// Takes the call off the wire at once. One that has ended is no error.
    func cancel(_ transfer: CurlTransfer) {
        loop.preconditionOnLoop()
        end(transfer, .failure(.cancelledCall))
        setTimer()
    }

    /// For a transfer whose socket the loop could not watch.
    func abandon(_ transfer: CurlTransfer) {
        end(transfer, .failure(.watchRefused))
        setTimer()
    }

    /// Cancels every call and closes every connection. Later calls fail.
    func close() {
        loop.preconditionOnLoop()
        for transfer in transfers.values { end(transfer, .failure(.closedTransport)) }
        guard let closing = multi else { return }
        idleHandles.removeAll()
        curl_multi_cleanup(closing)
        multi = nil
        wakeUp = nil
        setTimer()
    }

    /// Tells libcurl what a socket is ready for, or that time is up, and answers whoever that ended.
    func act(on socket: Int32, _ ready: Int32) {
        guard let multi else { return }
        _ = ccurl_multi_act(multi, socket, ready)
        answerEnded()
        setTimer()
    }

    /// Having been asked, libcurl believes that its timer has fired.
    func runTimeouts() {
        wakeUp = nil
        act(on: curlSocketTimeout, 0)
    }

    func transfer(of easy: UnsafeMutableRawPointer) -> CurlTransfer? {
        transfers[easy]
    }

    /// Things that could wake the loop; 0 when nothing is under way.
    var wakeUpSourceCount: Int {
        let timerCount = [timer, deadlineTimer, hedgeTimer].count { $0.isSet }
        return watches.count + transfers.count + timerCount
    }

    var parkedCount: Int { idleSockets.count { $0.registration != nil } }

    // MARK: Time

    private func setTimer() {
        guard let wakeUp else {
            // While calls are under way libcurl will want to be called again.
            if transfers.isEmpty { timer.drop(on: loop) }
            return
        }
        if timer.covers(wakeUp) { return }
        timer.set(wakeUp, on: loop) {
            self.timer.hasFired()
            self.wake()
        }
    }

    private func wake() {
        if let wakeUp, wakeUp <= loop.now { runTimeouts() } else { setTimer() }
    }

    /// At the end of the last call nothing is due any more, and nothing may wake the loop.
    private func dropTimers() {
        deadlineTimer.drop(on: loop)
        hedgeTimer.drop(on: loop)
    }

    private func setDeadlineTimer(_ deadline: MonotonicClock.Instant) {
        if deadlineTimer.covers(deadline) { return }
        deadlineTimer.set(deadline, on: loop) {
            self.deadlineTimer.hasFired()
            self.expire()
        }
    }

    private func expire() {
        for transfer in transfers.values where transfer.deadline <= loop.now {
            guard let handle = transfer.handle else { continue }
            end(transfer, .failure(.deadline(handle.phase(transfer))))
        }
        if let next = transfers.values.map(\.deadline).min() { setDeadlineTimer(next) }
        setTimer()
    }

    // MARK: Start

    private func configure(_ multi: UnsafeMutableRawPointer) throws(UpstreamError) {
        let code = ccurl_multi_configure(
            multi,
            socketChanged,
            timerChanged,
            Unmanaged.passUnretained(self).toOpaque(),
            limits.idleConnectionCountMax,
        )
        guard code == CURLM_OK else { throw .libraryUnusable }
    }

    func enter(_ transfer: CurlTransfer) throws(UpstreamError) {
        guard let multi else { throw .closedTransport }
        guard transfer.deadline > loop.now else { throw .deadline("before the call could begin") }
        let handle = try preparedHandle(for: transfer)
        guard curl_multi_add_handle(multi, handle.raw) == CURLM_OK else { throw .libraryUnusable }
        transfer.handle = handle
        transfers[handle.raw] = transfer
        setDeadlineTimer(transfer.deadline)
    }

    private func preparedHandle(for transfer: CurlTransfer) throws(UpstreamError) -> EasyHandle {
        guard let (handle, isPrepared) = handle(for: transfer) else { throw .libraryUnusable }
        if !isPrepared {
            try transfer.request.check()
            handle.prepare(
                for: transfer,
                userAgent: userAgent,
                connectTimeout: limits.connectTimeout
            )
            handle.set(closer: socketClosed, context: Unmanaged.passUnretained(self).toOpaque())
        }
        handle.begin(onNewConnection: transfer.policy.needsNewConnection)
        handle.set(timeout: transfer.deadline.nanoseconds(since: loop.now))
        // `transfers` keeps the context alive for as long as libcurl may call.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        handle.set(head: headReceived, body: bodyReceived, context: context)
        guard handle.refusal == CURLE_OK else {
            throw handle.refusal == CURLE_URL_MALFORMAT ? .unusableURL : .optionRefused
        }
        return handle
    }

    /// The one that made this call before, if it is here; its options stand. Else one that made the same call
    /// with another signature. One that is of use for another call is taken only where there are as many as are kept.
    private func handle(for transfer: CurlTransfer) -> (handle: EasyHandle, isPrepared: Bool)? {
        if let index = idleHandles.lastIndex(where: { $0.isPrepared(for: transfer) }) {
            return (idleHandles.remove(at: index), true)
        }
        if let index = idleHandles.firstIndex(where: { $0.hasAsked(transfer.request.url) }) {
            return (idleHandles.remove(at: index), false)
        }
        let hasRoom = idleHandles.count < max(1, limits.idleHandleCountMax)
        let handle = hasRoom ? EasyHandle() : idleHandles.removeFirst()
        return handle.map { ($0, false) }
    }

    // MARK: End

    private func answerEnded() {
        var result = CURLE_OK
        while let multi, let easy = ccurl_multi_next_ended(multi, &result) {
            guard let transfer = transfers[easy], let handle = transfer.handle else { continue }
            end(transfer, handle.outcome(result, transfer))
        }
    }

    func end(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
        if let handle = transfer.handle, let multi {
            transfer.handle = nil
            // Afterwards libcurl no longer knows the socket.
            noteIdle(handle)
            curl_multi_remove_handle(multi, handle.raw)
            transfers[handle.raw] = nil
            if transfers.isEmpty { dropTimers() }
            transfer.observer?(handle.report(transfer, outcome))
            keep(handle)
        }
        guard transfer.hedging != nil else { return transfer.end(outcome) }
        endHedged(transfer, outcome)
    }

    private func keep(_ handle: EasyHandle) {
        guard idleHandles.count < limits.idleHandleCountMax else { return }
        idleHandles.append(handle)
    }
}
