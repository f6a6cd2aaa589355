public import MonotonicTime
internal import Synchronization

extension EventLoop {
    /// Returns on the loop at `deadline`, or throws at once when the task is cancelled. From any
    /// thread.
    public func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
        let sleeper = Sleeper()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard sleeper.begin(continuation) else { return }
                submit { self.arm(sleeper, deadline) }
            }
        } onCancel: {
            sleeper.end()
            submit { sleeper.disarm(on: self) }
        }
        if Task.isCancelled { throw CancellationError() }
    }

    private func arm(_ sleeper: Sleeper, _ deadline: MonotonicClock.Instant) {
        guard sleeper.isWaiting else { return }
        sleeper.timer.withLock { $0 = schedule(at: deadline) { sleeper.end() } }
    }
}

/// Resumes its continuation exactly once, whoever comes first: the timer or the cancellation.
private final class Sleeper: Sendable {
    private let state = Mutex(State.idle)
    let timer = Mutex<TimerID?>(nil)

    private enum State {
        case idle
        case waiting(CheckedContinuation<Void, Never>)
        case ended
    }

    var isWaiting: Bool {
        state.withLock { if case .waiting = $0 { true } else { false } }
    }

    /// `false` where the cancellation came first; the continuation is then resumed already.
    func begin(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        let began = state.withLock { state in
            guard case .idle = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !began { continuation.resume() }
        return began
    }

    func end() {
        let continuation: CheckedContinuation<Void, Never>? = state.withLock { state in
            defer { state = .ended }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume()
    }

    func disarm(on loop: EventLoop) {
        let armed = timer.withLock { timer in
            defer { timer = nil }
            return timer
        }
        if let armed { loop.cancel(armed) }
    }
}
