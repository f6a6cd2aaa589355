internal import CCurl
internal import EventLoops
internal import Upstreams

/// One multi handle on one loop.
///
/// Ownership: everything here belongs to the loop's thread. libcurl calls back from inside our own calls
/// to it; the callbacks touch the loop's registrations and timers and never call the multi handle again.
/// While anything is under way, the guard timers, the watches and the timer keep the engine alive, so
/// `deinit`, on whatever thread, finds it at rest.
final class CurlEngine: @unchecked Sendable {
    // Invariant: after `init`, stored variables are touched on the loop's thread or in `deinit` only.
    let loop: EventLoop
    let limits: CurlTransportLimits
    private let userAgent: String
    /// `nil` once closed.
    private var multi: UnsafeMutableRawPointer?
    private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idleHandles: [EasyHandle] = []
    var watches: [Int32: SocketWatch] = [:]
    var timer: TimerID?
    /// Sockets of pooled HTTP/1 connections that no call uses.
    var idleSockets: Set<Int32> = []
    var idleSocketsChecked: ContinuousClock.Instant?

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
        idleHandles.removeAll()
        curl_multi_cleanup(multi)
    }

    // MARK: Verbs, on the loop's thread

    func begin(_ transfer: CurlTransfer, _ continuation: CurlTransfer.Continuation) {
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
    }

    /// Takes the call off the wire at once. One that has ended is no error.
    func cancel(_ transfer: CurlTransfer) {
        loop.preconditionOnLoop()
        end(transfer, .failure(.cancelledCall))
    }

    /// For a transfer whose socket the loop could not watch.
    func abandon(_ transfer: CurlTransfer) {
        end(transfer, .failure(.watchRefused))
    }

    /// Cancels every call and closes every connection. Later calls fail.
    func close() {
        loop.preconditionOnLoop()
        for transfer in transfers.values { end(transfer, .failure(.closedTransport)) }
        guard let closing = multi else { return }
        idleHandles.removeAll()
        curl_multi_cleanup(closing)
        multi = nil
        disarm()
    }

    /// Tells libcurl what a socket is ready for, or that time is up, and answers whoever that ended.
    func act(on socket: Int32, _ ready: Int32) {
        guard let multi else { return }
        _ = ccurl_multi_act(multi, socket, ready)
        answerEnded()
    }

    /// The timer is taken down first: having been asked, libcurl believes that it has fired.
    func runTimeouts() {
        disarm()
        act(on: curlSocketTimeout, 0)
    }

    func disarm() {
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    func transfer(of easy: UnsafeMutableRawPointer) -> CurlTransfer? {
        transfers[easy]
    }

    /// Things that could wake the loop; 0 when nothing is under way.
    var wakeUpSourceCount: Int {
        watches.count + transfers.count + (timer == nil ? 0 : 1)
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

    private func enter(_ transfer: CurlTransfer) throws(UpstreamError) {
        guard let multi else { throw .closedTransport }
        try transfer.request.check()
        guard transfer.deadline > loop.now else { throw .deadline("before the call could begin") }
        let handle = try preparedHandle(for: transfer)
        guard curl_multi_add_handle(multi, handle.raw) == CURLM_OK else { throw .libraryUnusable }
        let guardTimer = loop.schedule(at: transfer.deadline) { self.expire(transfer) }
        transfer.run = CurlTransfer.Run(handle: handle, guardTimer: guardTimer)
        transfers[handle.raw] = transfer
    }

    private func preparedHandle(for transfer: CurlTransfer) throws(UpstreamError) -> EasyHandle {
        guard let handle = idleHandles.popLast() ?? EasyHandle() else { throw .libraryUnusable }
        handle.reset()
        handle.prepare(
            transfer.request,
            policy: transfer.policy,
            userAgent: userAgent,
            timeout: transfer.deadline - loop.now,
            connectTimeout: limits.connectTimeout,
        )
        // `transfers` keeps the context alive for as long as libcurl may call.
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        handle.set(head: headReceived, body: bodyReceived, context: context)
        handle.set(closer: socketClosed, context: Unmanaged.passUnretained(self).toOpaque())
        guard handle.refusal == CURLE_OK else { throw .optionRefused }
        return handle
    }

    // MARK: End

    private func expire(_ transfer: CurlTransfer) {
        guard let run = transfer.run else { return }
        end(transfer, .failure(.deadline(run.handle.phase(transfer))))
    }

    private func answerEnded() {
        var result = CURLE_OK
        while let multi, let easy = ccurl_multi_next_ended(multi, &result) {
            guard let transfer = transfers[easy], let run = transfer.run else { continue }
            end(transfer, run.handle.outcome(result, transfer))
        }
    }

    private func end(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
        if let run = transfer.run, let multi {
            transfer.run = nil
            // Afterwards libcurl no longer knows the socket.
            noteIdle(run.handle)
            curl_multi_remove_handle(multi, run.handle.raw)
            loop.cancel(run.guardTimer)
            transfers[run.handle.raw] = nil
            transfer.observer?(run.handle.report(transfer, outcome))
            keep(run.handle)
        }
        transfer.end(outcome)
    }

    private func keep(_ handle: EasyHandle) {
        guard idleHandles.count < limits.idleHandleCountMax else { return }
        idleHandles.append(handle)
    }
}
