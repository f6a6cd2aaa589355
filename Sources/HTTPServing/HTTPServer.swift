public import EventLoops
public import HTTPWire
import Synchronization

/// An HTTP/1.1 server over the caller's loops: one listening socket per loop on the same port.
///
/// Ownership: per-loop state lives in `ServerLoop`; here is only what `start` and `drain` must not
/// do twice.
public final class HTTPServer: Sendable {
    private let configuration: Configuration
    private let serverLoops: [ServerLoop]
    private let state = Mutex(State.created)
    private let validity = Mutex<CertificateValidity?>(nil)

    /// created → running (`start`) → drained (`drain`); nothing goes back.
    private enum State {
        case created
        case running
        case drained
    }

    /// Where and how a server listens.
    public struct Configuration: Sendable {
        /// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `*:8080`; port 0 lets the system
        /// choose.
        public var address: String
        public var limits: ServerLimits
        /// `nil` for plain HTTP.
        public var tls: TLSConfiguration?
        /// Whether it may listen beside a server that it is to take over from; otherwise an address where somebody
        /// listens is `address-unavailable`.
        public var joinsOthers: Bool

        public init(
            address: String,
            limits: ServerLimits = ServerLimits(),
            tls: TLSConfiguration? = nil,
            joinsOthers: Bool = false
        ) {
            self.address = address
            self.limits = limits
            self.tls = tls
            self.joinsOthers = joinsOthers
        }
    }

    /// `makeResponder` is called once per loop, here, with the loop's index. Certificates are read
    /// in `start`.
    public init(
        configuration: Configuration,
        loops: [EventLoop],
        events: (any ServerEvents)? = nil,
        makeResponder: @Sendable (_ loopIndex: Int) -> any Responder
    ) {
        precondition(!loops.isEmpty, "a server needs at least one loop to run on")
        self.configuration = configuration
        serverLoops = loops.enumerated().map { index, loop in
            ServerLoop(
                loop: loop,
                responder: makeResponder(index),
                limits: configuration.limits,
                events: events ?? NoServerEvents(),
            )
        }
    }

    /// Binds every listening socket, so that clients can connect when it returns; they are served
    /// as soon as the loops run. The loops may run before or after.
    ///
    /// Errors: `invalid-address`, `address-unavailable`, `invalid-certificate`, `invalid-state`
    /// (started before).
    public func start() throws(ServerError) -> BoundAddress {
        let isFirst = state.withLock { state in
            guard case .created = state else { return false }
            state = .running
            return true
        }
        guard isFirst else {
            throw ServerError(code: .invalidState, message: "a server is started once")
        }
        let tls = try configuration.tls.map { (tls) throws(ServerError) in try TLSContext(tls) }
        validity.withLock { $0 = tls?.validity }
        let first = try Listener(
            try BoundAddress(configuration.address),
            isAlone: !configuration.joinsOthers
        )
        var listeners = [first]
        // Port 0 was settled by the first socket; the others share its port.
        for _ in serverLoops.dropFirst() { listeners.append(try Listener(first.address)) }
        for (serverLoop, listener) in zip(serverLoops, listeners) {
            serverLoop.loop.submit { serverLoop.begin(listener, tls) }
        }
        return first.address
    }

    /// When the certificate is valid that new connections are shown; `nil` on a plain listener.
    public var certificateValidity: CertificateValidity? { validity.withLock { $0 } }

    /// Connections accepted from now on use these certificates; those that exist keep theirs. A client whose certificate
    /// is no longer trusted is nobody from its next request on, and its connection ends with that.
    ///
    /// Errors: `invalid-certificate`, and nothing has changed; `invalid-state` on a plain listener.
    public func reloadTLS(_ tls: TLSConfiguration) throws(ServerError) {
        guard configuration.tls != nil else {
            throw ServerError(code: .invalidState, message: "a plain listener has no certificates")
        }
        let context = try TLSContext(tls)
        validity.withLock { $0 = context.validity }
        for serverLoop in serverLoops {
            serverLoop.loop.submit { serverLoop.replaceTLS(context) }
        }
    }

    /// Stops listening and cuts every connection, without waiting for either. From any thread.
    public func stop() {
        state.withLock { $0 = .drained }
        for serverLoop in serverLoops {
            serverLoop.loop.submit {
                serverLoop.drain {}
                _ = serverLoop.abort()
            }
        }
    }

    /// What a drain came to.
    public struct DrainOutcome: Sendable, Hashable {
        /// Connections that had to be cut at the deadline; 0 is a clean end.
        public var abortedConnectionCount: Int

        public init(abortedConnectionCount: Int) {
            self.abortedConnectionCount = abortedConnectionCount
        }
    }

    /// Serves what the accept queues hold, stops listening, answers what is in flight with
    /// `connection: close` and ends within `deadline`, by force if need be: requests that still wait then are cancelled,
    /// and their answers have `drainAnswerTime` to leave. The loops go on running.
    public func drain(within deadline: Duration) async -> DrainOutcome {
        let wasRunning = state.withLock { state in
            defer { state = .drained }
            if case .running = state { return true }
            return false
        }
        guard wasRunning else { return DrainOutcome(abortedConnectionCount: 0) }
        // Whom one loop tells to close would come back to another one.
        await withTaskGroup(of: Void.self) { group in
            for serverLoop in serverLoops { group.addTask { await serverLoop.stopListening() } }
        }
        let aborted = await withTaskGroup(of: Int.self) { group in
            for serverLoop in serverLoops {
                group.addTask { await serverLoop.drain(within: deadline) }
            }
            return await group.reduce(0, +)
        }
        return DrainOutcome(abortedConnectionCount: aborted)
    }
}
