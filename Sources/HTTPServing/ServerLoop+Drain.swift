import EventLoops
import HTTPWire
internal import MonotonicTime

extension ServerLoop {
    /// From any thread; returns once everybody who was in the queue is a connection.
    func stopListening() async {
        await withCheckedContinuation { continuation in
            loop.submit {
                self.finishListening()
                continuation.resume()
            }
        }
    }

    /// From any thread; returns the number of connections that were cut at the deadline.
    func drain(within deadline: Duration) async -> Int {
        await withCheckedContinuation { continuation in
            loop.submit { self.beginDrain(deadline) { continuation.resume(returning: $0) } }
        }
    }

    private func beginDrain(_ deadline: Duration, _ report: @escaping (Int) -> Void) {
        var timer: TimerID?
        var isReported = false
        func finish(_ abortedCount: Int) {
            guard !isReported else { return }
            isReported = true
            if let timer { loop.cancel(timer) }
            report(abortedCount)
        }
        var cutCount = 0
        timer = loop.schedule(at: loop.now + deadline) {
            cutCount = self.connectionCount
            timer = self.loop.schedule(at: self.loop.now + self.limits.drainAnswerTime) {
                _ = self.abort()
                finish(cutCount)
            }
            self.endWaiting()
        }
        drain { finish(cutCount) }
    }
}
