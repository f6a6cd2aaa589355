internal import CSystem
import EventLoops
internal import Glibc
import HTTPWire
internal import MonotonicTime

/// One listening socket of one loop. Created on any thread, used on the loop's.
final class Listener: ReadinessHandler, @unchecked Sendable {
    // Invariant: after `begin(on:)` everything here is touched on the loop's thread only.
    let address: BoundAddress
    private let descriptor: FileDescriptor
    private weak var server: ServerLoop?
    private var registration: Registration?
    private var isPaused = false
    private var isFinished = false

    /// Connections the kernel keeps for us; it lowers the number to its own limit.
    private static let backlog: Int32 = 4_096

    /// With `isAlone` it fails where somebody listens already: the kernel would give each a share of the connections.
    init(_ wanted: BoundAddress, isAlone: Bool = false) throws(ServerError) {
        guard let (storage, length) = wanted.storage() else {
            throw ServerError(code: .invalidAddress, message: "\(wanted) is no listen address")
        }
        var copy = storage
        guard !isAlone || csystem_probe_address(&copy, length) == 0 else {
            throw Self.unavailable(wanted, SystemError(call: "bind", errno: errno))
        }
        let result = csystem_listener(&copy, length, Self.backlog)
        guard result >= 0 else {
            throw Self.unavailable(wanted, SystemError(call: "bind", errno: errno))
        }
        var bound = sockaddr_storage()
        guard csystem_local_address(result, &bound) == 0, let address = BoundAddress(bound) else {
            _ = Glibc.close(result)
            throw Self.unavailable(wanted, SystemError(call: "getsockname", errno: errno))
        }
        self.address = address
        descriptor = FileDescriptor(owning: result)
    }

    func begin(on server: ServerLoop) throws(SystemError) {
        self.server = server
        registration = try server.loop.register(
            descriptor.rawValue,
            for: [.read, .edgeTriggered],
            handler: self,
        )
    }

    func ready(_ readiness: Readiness) {
        acceptSome()
    }

    /// Accepts to the end of the queue and stops. New handshakes are dropped first: a client whose
    /// packet is dropped tries again, one whose established connection is reset does not.
    func finish() {
        guard let server, !isFinished else { return }
        _ = csystem_refuse_handshakes(descriptor.rawValue)
        while case .accepted = acceptOne(server) {}
        isFinished = true
        if let registration { server.loop.deregister(registration) }
        registration = nil
    }

    private enum AcceptResult {
        case accepted
        case wouldBlock
        case exhausted(SystemError)
    }

    /// Bounded per turn; edge-triggered readiness is not repeated, so the rest is asked for again.
    private func acceptSome() {
        guard let server, !isFinished, !isPaused else { return }
        for _ in 0..<server.limits.acceptsPerTurnMax {
            switch acceptOne(server) {
            case .accepted: continue
            case .wouldBlock: return
            case .exhausted(let error): return pause(server, error)
            }
        }
        server.loop.submit { self.acceptSome() }
    }

    private func acceptOne(_ server: ServerLoop) -> AcceptResult {
        while true {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let result = csystem_accept(descriptor.rawValue, &storage, &length)
            guard result < 0 else {
                let peer = HTTPPeer(address: BoundAddress(storage)?.host ?? "")
                server.accepted(FileDescriptor(owning: result), peer: peer)
                return .accepted
            }
            switch errno {
            case EAGAIN, EWOULDBLOCK: return .wouldBlock
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                return .exhausted(SystemError(call: "accept4", errno: errno))
            // Network errors that were pending on the new socket (accept(2)); the next one may be
            // fine.
            default: continue
            }
        }
    }

    /// Out of descriptors: waiting costs nothing, trying again and again would.
    private func pause(_ server: ServerLoop, _ error: SystemError) {
        isPaused = true
        server.events.acceptPaused(error)
        scheduleRetry(server)
    }

    private func scheduleRetry(_ server: ServerLoop) {
        server.loop.schedule(at: server.loop.now + server.limits.acceptRetryTime) { [weak self] in
            self?.retry()
        }
    }

    private func retry() {
        guard let server, !isFinished else { return }
        if case .exhausted = acceptOne(server) { return scheduleRetry(server) }
        isPaused = false
        server.events.acceptResumed()
        acceptSome()
    }

    private static func unavailable(_ address: BoundAddress, _ error: SystemError) -> ServerError {
        ServerError(
            code: .addressUnavailable,
            message: "cannot listen on \(address); is it in use, or not ours?",
            cause: error.description,
        )
    }
}
