import EventLoops
import HTTPWire
internal import MonotonicTime

/// Drives one connection: receives, lets the parser and the machine decide, sends.
///
/// Ownership: everything here belongs to the loop's thread. A request that cannot be answered at
/// once gets a task whose executor is the loop, so it comes back on the same thread.
///
/// The socket is registered once, edge-triggered for both directions, and never again: no system
/// call re-arms it. The price is to remember whether it may still hold bytes (`isReadable`). While
/// an answer is outstanding nothing is read; the kernel's buffer is the bound on pipelined input.
final class Connection: ReadinessHandler, @unchecked Sendable {
    // Invariant: touched on `server.loop`'s thread only; `finish` checks it.
    // `@exclusivity(unchecked)`: the run-time checks were a third of our instructions per request.
    // They guard against a second access during the first; all accesses are on one thread, and none
    // of the calls made during one comes back here.
    let server: ServerLoop
    let transport: Transport
    private let address: String
    /// What a handshake adds to the address.
    @exclusivity(unchecked) var isTLS: Bool
    @exclusivity(unchecked) var certificate: PeerCertificate?
    @exclusivity(unchecked) var machine: ConnectionStateMachine
    @exclusivity(unchecked) private var registration: Registration?
    @exclusivity(unchecked) private var buffer: InputBuffer?
    @exclusivity(unchecked) var output = OutputBuffer()
    /// Whether the server knows that an answer waits for the socket.
    @exclusivity(unchecked) private var isUnsent = false
    @exclusivity(unchecked) var isReadable = false
    @exclusivity(unchecked) private var hasPeerEnded = false
    @exclusivity(unchecked) private var timer: TimerID?
    @exclusivity(unchecked) private var timerDeadline: MonotonicClock.Instant?
    @exclusivity(unchecked) private var pending: PendingRequest?
    @exclusivity(unchecked) private var task: Task<Void, Never>?
    /// `nil` unless a task is in its first slice.
    @exclusivity(unchecked) private var firstSlice: FirstSlice?
    /// `nil` unless a script is being played.
    @exclusivity(unchecked) var player: ScriptPlayer?
    var scriptTimer: TimerID?

    /// A request whose content is coming, or whose answer is being made.
    private struct PendingRequest {
        var request: HTTPRequest
        var decoder: BodyDecoder
        var isHead: Bool
        var isVersion11: Bool
    }

    private enum FirstSlice {
        case running
        case answered(HTTPResponse)
    }

    init(server: ServerLoop, transport: Transport, peer: HTTPPeer) {
        self.server = server
        self.transport = transport
        address = peer.address
        isTLS = peer.isTLS
        certificate = peer.certificate
        machine = ConnectionStateMachine(
            limits: server.limits,
            isTLS: transport.tls != nil,
            now: server.loop.now,
        )
    }

    /// Put together where it is asked for: nothing would be lent of a whole that may change.
    var peer: HTTPPeer { HTTPPeer(address: address, isTLS: isTLS, certificate: certificate) }

    // MARK: Events

    func begin() {
        do throws(SystemError) {
            registration = try server.loop.register(
                transport.rawDescriptor,
                for: [.read, .write, .peerClosed, .edgeTriggered],
                handler: self,
            )
            settle()
        } catch {
            close()
        }
    }

    func ready(_ readiness: Readiness) {
        // Both halves ended, or reset: nobody is left to answer.
        guard readiness.isDisjoint(with: [.hangUp, .error]) else { return hungUp() }
        if readiness.contains(.peerClosed) { hasPeerEnded = true }
        guard player == nil else { return readyWhilePlaying(readiness) }
        // Under TLS a read may have waited for room to write.
        let reads: Readiness =
            transport.tls == nil ? [.read, .peerClosed] : [.read, .peerClosed, .write]
        if !readiness.isDisjoint(with: reads) { isReadable = true }
        if readiness.contains(.write), !output.isEmpty { flush() }
        pump()
    }

    func drain() {
        guard !machine.isClosed else { return }
        machine.drain(now: server.loop.now)
        settle()
    }

    /// Whose answer is still being made has it sent as soon as it is there; everybody else is cut off.
    func endWaiting() {
        guard machine.isResponding, let task else { return close() }
        task.cancel()
    }

    func close() {
        guard !machine.isClosed else { return }
        machine.closed()
        task?.cancel()
        if let registration { server.loop.deregister(registration) }
        if let timer { server.loop.cancel(timer) }
        if let scriptTimer { server.loop.cancel(scriptTimer) }
        player = nil
        releaseBuffer()
        server.closed(transport.rawDescriptor)
    }

    /// Ends it for an answer that was not taken.
    func abort() {
        server.events.answerAborted(peer: peer)
        close()
    }

    private func hungUp() {
        if !output.isEmpty || machine.isResponding { server.events.answerAborted(peer: peer) }
        close()
    }

    // MARK: Input

    /// Works off what there is, until input is missing or an answer has to be waited for.
    func pump() {
        var budget = server.limits.requestsPerTurnMax
        while machine.wantsInput {
            guard budget > 0 else {
                server.loop.submit { self.pump() }
                break
            }
            budget -= 1
            guard step() || fill() else { break }
        }
        settle()
    }

    /// Uses bytes that are there; `false` when more are needed.
    private func step() -> Bool {
        guard buffer?.isEmpty == false else { return false }
        if machine.mayAnswerAtOnce, answerAgain() { return true }
        guard let buffer else { return false }
        do throws(RequestRefusal) {
            if machine.wantsHead { return try readHead(buffer) }
            if machine.wantsBody { return try readContent(buffer) }
            buffer.dropAll()
            return false
        } catch {
            refuse(error)
            return true
        }
    }

    /// Receives once; `false` when nothing came.
    private func fill() -> Bool {
        guard isReadable, !machine.isClosed else { return false }
        // Taken out meanwhile, so that no reference is counted.
        let buffer = self.buffer.take() ?? server.borrowBuffer()
        var wanted = 0
        let result = buffer.fill { bytes in
            wanted = bytes.count
            return transport.receive(into: bytes)
        }
        self.buffer = consume buffer
        switch result {
        case .bytes(let count):
            // A short read has emptied the socket (epoll(7)); only an end that is known of is still
            // to be read. TLS hands out one record at a time, whatever has arrived.
            isReadable = count == wanted || hasPeerEnded || transport.tls != nil
            if transport.tls != nil { noteHandshake() }
            return true
        case .wouldBlock:
            isReadable = false
            if transport.tls != nil { noteHandshake() }
            return false
        case .ended:
            isReadable = false
            inputEnded()
            return false
        case .failed:
            reportHandshakeFailure()
            guard machine.handshakeFailed(now: server.loop.now) else {
                close()
                return false
            }
            transport.shutdownWriting()
            return true
        }
    }

    private func inputEnded() {
        switch machine.inputEnded() {
        case .close: close()
        case .refuse(let reason): refuse(RequestRefusal(reason))
        }
    }

    // Not inlined, as all that is done for other requests than those that come again: their work needs more room on
    // the stack, and more before it begins, than those take altogether.
    @inline(never)
    private func readHead(_ buffer: InputBuffer) throws(RequestRefusal) -> Bool {
        guard try buffer.parseHead(server.limits) else {
            machine.headBegan(now: server.loop.now)
            return false
        }
        buffer.head.peer = peer
        let action = machine.headCompleted(
            framing: buffer.head.framing,
            keepsAlive: buffer.head.keepsAlive,
            now: server.loop.now,
        )
        switch action {
        case .respond(let mayAnswerAtOnce):
            // A persistent HTTP/1.0 client must be told `keep-alive`, which finished bytes do not say.
            let isPlain = buffer.head.isVersion11 || !buffer.head.keepsAlive
            respond(buffer, mayAnswerAtOnce && isPlain)
        case .readBody: try beginContent(buffer)
        }
        return true
    }

    private func respond(_ buffer: InputBuffer, _ mayAnswerAtOnce: Bool) {
        if mayAnswerAtOnce, respondAtOnce(buffer) { return }
        do throws(RequestRefusal) {
            pending = try pendingRequest(buffer)
            buffer.beginHead()
            startTask()
        } catch {
            refuse(error)
        }
    }

    /// Sends from where the responder keeps the bytes; only what the socket does not take is copied, and what is
    /// held back while others are about to be answered too. Whoever asks to close is told so (RFC 9112 §9.6) in a copy.
    /// What follows from the sending waits until the head is no longer looked at.
    private func respondAtOnce(_ buffer: InputBuffer) -> Bool {
        let isHeldBack = server.loop.hasFurtherEvents
        var result = TransferResult.wouldBlock
        var byteCount = 0
        let keepsAlive = buffer.head.keepsAlive
        let isAnswered = server.responder.answerAtOnce(buffer.head) { bytes in
            byteCount = bytes.count
            if !keepsAlive {
                let closing = ResponseEncoder.closing(bytes)
                byteCount = closing.count
                output.append(closing)
                if !isHeldBack { result = output.flush(through: transport) }
            } else if isHeldBack {
                output.append(bytes.withUnsafeBufferPointer { Array($0) })
            } else {
                result = output.send(bytes, through: transport)
            }
        }
        guard isAnswered else { return false }
        _ = machine.answerBegan(asksToClose: false)
        buffer.beginHead()
        machine.answerQueued()
        guard isHeldBack else {
            sent(result, byteCount: byteCount)
            return true
        }
        machine.answerBlocked(byteCount: byteCount, now: server.loop.now)
        server.gather(self)
        return true
    }

    /// Heads come again byte for byte as long as a client asks the same: what they mean is known then.
    private func answerAgain() -> Bool {
        // Taken out meanwhile, so that no reference is counted.
        guard certificate == nil, let buffer = self.buffer.take() else { return false }
        var result = TransferResult.wouldBlock
        var byteCount = 0
        let isAnswered = buffer.consumeUnread { bytes in
            server.answerAgain(bytes, from: address, isTLS: isTLS) { bytes in
                byteCount = bytes.count
                result = output.send(bytes, through: transport)
            }
        }
        self.buffer = consume buffer
        guard isAnswered else { return false }
        _ = machine.headCompleted(framing: .none, keepsAlive: true, now: server.loop.now)
        _ = machine.answerBegan(asksToClose: false)
        machine.answerQueued()
        sent(result, byteCount: byteCount)
        return true
    }

    private func pendingRequest(_ buffer: InputBuffer) throws(RequestRefusal) -> PendingRequest {
        PendingRequest(
            request: buffer.head.request(),
            decoder: try BodyDecoder(framing: buffer.head.framing, limits: server.limits),
            isHead: buffer.head.methodIs("HEAD"),
            isVersion11: buffer.head.isVersion11,
        )
    }

    private func beginContent(_ buffer: InputBuffer) throws(RequestRefusal) {
        pending = try pendingRequest(buffer)
        let expectsContinue = buffer.head.expectsContinue
        buffer.beginContent()
        // RFC 9110 §10.1.1: not needed once content has begun to arrive.
        guard expectsContinue, buffer.isEmpty else { return }
        output.append(ResponseEncoder.continue)
        flush()
    }

    @inline(never)
    private func readContent(_ buffer: InputBuffer) throws(RequestRefusal) -> Bool {
        guard pending != nil else { return false }
        try decodePending(buffer)
        guard pending?.decoder.isComplete == true else { return false }
        machine.bodyCompleted()
        buffer.beginHead()
        startTask()
        return true
    }

    private func decodePending(_ buffer: InputBuffer) throws(RequestRefusal) {
        guard var taken = pending.take() else { return }
        try buffer.decode(&taken.decoder, into: &taken.request.body)
        pending = taken
    }

    // MARK: Answers

    /// The task runs at once until it has to wait: whoever can be told at once that there is no room does not
    /// stand in line behind those who have some.
    private func startTask() {
        guard let request = pending?.request else { return }
        pending?.request.body = []
        let responder = server.responder
        firstSlice = .running
        let task = Task.immediate(executorPreference: server.loop) {
            let response = await responder.respond(to: request)
            self.finish(response)
        }
        if case .answered(let response) = firstSlice.take() {
            answer(response)
        } else {
            self.task = task
        }
    }

    private func finish(_ response: HTTPResponse) {
        guard server.loop.isCurrent else { return server.loop.submit { self.finish(response) } }
        guard firstSlice == nil else { return firstSlice = .answered(response) }
        task = nil
        answer(response)
        if player == nil { pump() }
    }

    private func answer(_ response: HTTPResponse) {
        guard machine.isResponding, let answered = pending.take() else { return }
        if let script = response.script { return hasPeerEnded ? close() : play(script) }
        let keepsAlive = machine.answerBegan(asksToClose: response.asksToClose)
        var bytes: [UInt8] = []
        server.encoder(
            isHead: answered.isHead,
            isVersion11: answered.isVersion11,
            keepsAlive: keepsAlive,
        ).encode(response, into: &bytes)
        send(bytes)
    }

    /// Whoever plays a script has nothing to say to somebody who has gone.
    private func readyWhilePlaying(_ readiness: Readiness) {
        if hasPeerEnded { return close() }
        if readiness.contains(.read) { isReadable = true }
        if readiness.contains(.write), !output.isEmpty { continueWriting() }
    }

    /// After a script that ended nothing comes the next request.
    func scriptEnded() {
        if machine.isResponding {
            _ = machine.answerBegan(asksToClose: false)
            machine.answerQueued()
            flushed()
        }
        pump()
    }

    @inline(never)
    private func refuse(_ refusal: RequestRefusal) {
        server.events.refused(refusal, peer: peer)
        machine.refused()
        let isHead = pending?.isHead ?? buffer?.head.methodIs("HEAD") ?? false
        pending = nil
        var bytes: [UInt8] = []
        server.encoder(isHead: isHead, isVersion11: true, keepsAlive: false)
            .encode(server.responder.refuse(refusal, of: peer), into: &bytes)
        send(bytes)
    }

    private func send(_ bytes: [UInt8]) {
        guard !machine.isClosed else { return }
        machine.answerQueued()
        output.append(bytes)
        sent(output.flush(through: transport), byteCount: bytes.count)
    }

    @inline(__always)
    private func sent(_ result: TransferResult, byteCount: Int) {
        if !output.isEmpty {
            machine.answerBlocked(byteCount: byteCount, now: server.loop.now)
        }
        taken(result)
    }

    func flush() {
        guard !output.isEmpty else { return }
        taken(output.flush(through: transport))
    }

    @inline(__always)
    private func taken(_ result: TransferResult) {
        switch result {
        case .bytes: flushed()
        case .wouldBlock:
            isUnsent = true
            server.hold(self)
        case .ended, .failed: abort()
        }
    }

    private func flushed() {
        if isUnsent {
            isUnsent = false
            server.release(self)
        }
        switch machine.flushed(now: server.loop.now) {
        case .next, .none: break
        case .linger:
            transport.shutdownWriting()
            buffer?.dropAll()
        case .close: close()
        }
    }

    // MARK: Time and buffers

    /// After every event: gives back an empty buffer and sees to the timer.
    private func settle() {
        guard !machine.isClosed else { return }
        if buffer?.isEmpty == true, !machine.wantsBody { releaseBuffer() }
        armTimer()
    }

    /// A timer that fires early is armed again for what is left, so a deadline that moves away on
    /// every request costs a comparison only.
    private func armTimer() {
        guard let deadline = machine.deadline else { return }
        if let timerDeadline, timerDeadline <= deadline { return }
        if let timer { server.loop.cancel(timer) }
        timerDeadline = deadline
        timer = server.loop.schedule(at: deadline) { self.timerFired() }
    }

    private func timerFired() {
        timer = nil
        timerDeadline = nil
        switch machine.deadlineReached(now: server.loop.now) {
        case .none: settle()
        case .close:
            reportHandshakeFailure()
            close()
        case .abort: abort()
        case .refuse(let reason):
            refuse(RequestRefusal(reason))
            pump()
        }
    }

    private func releaseBuffer() {
        guard let unused = buffer.take() else { return }
        server.giveBack(unused)
    }
}
