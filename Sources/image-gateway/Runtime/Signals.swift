internal import CSystem
internal import EventLoops
internal import Glibc

/// Signals as events of a loop. `block` before any thread starts, so that none of them is interrupted.
final class Signals: ReadinessHandler {
    private let descriptor: FileDescriptor
    private let handle: (Int32) -> Void

    static let handled = [SIGTERM, SIGINT, SIGHUP]

    static func block(_ signals: [Int32] = handled) {
        var set = set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }

    /// On the loop's thread.
    init(
        on loop: EventLoop,
        _ signals: [Int32] = handled,
        _ handle: @escaping (Int32) -> Void
    ) throws(SystemError) {
        var set = Self.set(of: signals)
        let result = signalfd(-1, &set, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
        guard result >= 0 else { throw SystemError(call: "signalfd", errno: errno) }
        descriptor = FileDescriptor(owning: result)
        self.handle = handle
        _ = try loop.register(descriptor.rawValue, for: .read, handler: self)
    }

    func ready(_ readiness: Readiness) {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while read(descriptor.rawValue, &information, size) == size {
            handle(Int32(information.ssi_signo))
        }
    }
}
