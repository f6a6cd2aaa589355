internal import CSystem
import EventLoops
import HTTPWire

/// A server's part on one loop: listener, connections, buffers, responder.
///
/// Ownership: everything mutable belongs to the loop's thread; `HTTPServer` comes in through
/// `submit` only.
final class ServerLoop: @unchecked Sendable {
    // Invariant: mutable state is touched on `loop`'s thread only; its callers are the loop's
    // handlers, timers, tasks and submitted closures.
    let loop: EventLoop
    let responder: any Responder
    let limits: ServerLimits
    let events: any ServerEvents
    /// `nil` on a plain listener.
    private var tls: TLSContext?
    private(set) var isDraining = false
    private var listener: Listener?
    private var connections: [Int32: Connection] = [:]
    // Unchecked for the reason `Connection` gives.
    @exclusivity(unchecked) private var pool: [InputBuffer] = []
    /// The one that was given back last and is borrowed next, by all that are answered at once.
    @exclusivity(unchecked) private var bufferAtHand: InputBuffer?
    private var onEmpty: (() -> Void)?
    /// Connections whose answers wait for those that are made next.
    @exclusivity(unchecked) private var gathered: [Connection] = []
    /// Those that have sent them since in this turn, and whose next requests are to be looked at.
    @exclusivity(unchecked) private var departed: [Connection] = []

    private var unsent = UnsentAnswers()
    /// Looked at where all places are taken.
    var spare = SpareConnections()

    private static let pooledBufferCountMax = 64
    /// Answers that leave together.
    private static let gatheredCountMax = 8

    init(
        loop: EventLoop,
        responder: any Responder,
        limits: ServerLimits,
        events: any ServerEvents
    ) {
        self.loop = loop
        self.responder = responder
        self.limits = limits
        self.events = events
    }

    // MARK: Connections

    /// On the loop's thread. A kernel without room for one more watch is told as a pause that does
    /// not end.
    func begin(_ listener: Listener, _ tls: TLSContext?) {
        self.listener = listener
        self.tls = tls
        // OpenSSL writes to sockets without MSG_NOSIGNAL; a blocked SIGPIPE leaves it an EPIPE.
        if tls != nil { csystem_block_broken_pipe_signal() }
        do throws(SystemError) {
            try listener.begin(on: self)
        } catch {
            events.acceptPaused(error)
        }
    }

    func accepted(_ descriptor: consuming FileDescriptor, peer: HTTPPeer) {
        let greeting = responder.greeting(of: peer)
        guard let transport = transport(descriptor, isPlain: greeting != nil) else { return }
        guard hasRoom() else { return refuse(transport, peer) }
        let connection = Connection(server: self, transport: transport, peer: peer)
        connections[transport.rawDescriptor] = connection
        events.connectionOpened()
        connection.begin()
        if let greeting { connection.play(greeting) }
        if isDraining { connection.drain() }
    }

    var isFull: Bool { connections.count >= limits.connectionsPerLoopMax }

    var mayLook: Bool { spare.mayLook(count: connections.count, now: loop.now) }

    /// Finds out who can be spared.
    func look() {
        let entries = connections.compactMap { descriptor, connection in
            connection.spareSince.map {
                SpareConnections.Entry(descriptor: descriptor, since: $0)
            }
        }
        spare.looked(entries, count: connections.count, now: loop.now)
    }

    func endSpare(_ entry: SpareConnections.Entry) {
        connections[entry.descriptor]?.endIfSpare(since: entry.since)
    }

    func closed(_ descriptor: Int32) {
        connections[descriptor] = nil
        unsent.release(descriptor)
        events.connectionClosed()
        reportIfEmpty()
    }

    /// One small send into an empty socket buffer; whoever is over the limit gets no more of us
    /// than that.
    private func refuse(_ transport: Transport, _ peer: HTTPPeer) {
        let refusal = RequestRefusal(.tooManyConnections)
        events.refused(refusal, peer: peer)
        var bytes: [UInt8] = []
        encoder(isHead: false, isVersion11: true, keepsAlive: false)
            .encode(responder.refuse(refusal, of: peer), into: &bytes)
        _ = bytes.withUnsafeBytes { transport.send($0) }
        transport.shutdownWriting()
    }

    /// `nil` when OpenSSL has no memory for a session.
    private func transport(
        _ descriptor: consuming FileDescriptor,
        isPlain: Bool
    ) -> Transport? {
        guard let tls, !isPlain else { return Transport(descriptor: descriptor) }
        guard let session = tls.session(descriptor.rawValue) else { return nil }
        return Transport(descriptor: descriptor, tls: session)
    }

    /// Connections from now on use these certificates, and those that are there show ones which these trust.
    func replaceTLS(_ context: TLSContext) {
        tls = context
        for connection in Array(connections.values) { connection.trust(context) }
    }

    func encoder(isHead: Bool, isVersion11: Bool, keepsAlive: Bool) -> ResponseEncoder {
        ResponseEncoder(
            isHead: isHead,
            isVersion11: isVersion11,
            keepsAlive: keepsAlive,
            date: HTTPDate(secondsSince1970: csystem_wall_seconds()),
        )
    }

    // MARK: Buffers

    func borrowBuffer() -> InputBuffer {
        bufferAtHand.take() ?? pool.popLast() ?? InputBuffer()
    }

    func giveBack(_ buffer: consuming InputBuffer) {
        guard buffer.isPoolable, pool.count < Self.pooledBufferCountMax else { return }
        buffer.recycle()
        guard bufferAtHand != nil else { return bufferAtHand = buffer }
        pool.append(buffer)
    }

    // MARK: Answers that leave together

    /// Sends what `connection` holds back together with the answers of others whose requests came in the same
    /// turn. A client on this machine sleeps while an answer is made, and waking it takes the kernel longer than
    /// the sending: answers that follow each other closely wake it once. Nothing is held back beyond the events of
    /// the turn, nor for more than a handful of answers: tasks that are ready come behind them.
    func gather(_ connection: Connection) {
        if gathered.isEmpty, departed.isEmpty { loop.call(afterEvents: endTurn) }
        gathered.append(connection)
        if gathered.count >= Self.gatheredCountMax { sendGathered() }
    }

    private func sendGathered() {
        for connection in gathered { connection.flush() }
        departed += gathered
        gathered.removeAll(keepingCapacity: true)
    }

    private func endTurn() {
        sendGathered()
        var ended: [Connection] = []
        swap(&ended, &departed)
        for connection in ended { connection.pump() }
    }

    // MARK: Answers that sockets do not take

    /// Where all that wait are too many bytes, those go that have waited longest: a reader that is slow and not
    /// stuck has taken its answer by then.
    func hold(_ connection: Connection) {
        let descriptor = connection.transport.rawDescriptor
        unsent.hold(descriptor, byteCount: connection.output.byteCount)
        while unsent.byteCount > limits.unsentBytesPerLoopMax, let oldest = unsent.oldest(),
            oldest != descriptor
        {
            connections[oldest]?.abort()
            unsent.release(oldest)
        }
    }

    func release(_ connection: Connection) { unsent.release(connection.transport.rawDescriptor) }

    // MARK: Answers that were given before

    /// From here, where the responder stands: a connection would copy it for each request.
    func answerAgain(
        _ bytes: Span<UInt8>,
        from address: String,
        isTLS: Bool,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        responder.answerAgain(bytes, from: address, isTLS: isTLS, send)
    }

    // MARK: Drain

    /// Takes what the accept queue holds, stops listening, lets every connection finish. `onEmpty`
    /// is called when none is left.
    func drain(onEmpty: @escaping () -> Void) {
        isDraining = true
        self.onEmpty = onEmpty
        finishListening()
        for connection in Array(connections.values) { connection.drain() }
        reportIfEmpty()
    }

    func finishListening() {
        listener?.finish()
        listener = nil
    }

    var connectionCount: Int { connections.count }

    /// The time for a drain is over: requests that wait get their answers now, and everybody else is cut off.
    func endWaiting() {
        responder.drainEnds()
        for connection in Array(connections.values) { connection.endWaiting() }
    }

    /// Ends what is left; returns how many connections that were.
    func abort() -> Int {
        onEmpty = nil
        let remaining = Array(connections.values)
        for connection in remaining { connection.close() }
        return remaining.count
    }

    private func reportIfEmpty() {
        guard connections.isEmpty, let action = onEmpty else { return }
        onEmpty = nil
        action()
    }
}
