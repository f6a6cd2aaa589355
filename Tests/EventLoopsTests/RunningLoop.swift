import EventLoops
import Synchronization

/// A loop on a thread of its own, stopped and joined at the end.
enum RunningLoop {
    static func with<Result: Sendable>(
        _ body: (EventLoop) async throws -> Result
    ) async throws -> Result {
        let loop = try EventLoop()
        let thread = loop.start(name: "loop-under-test")
        defer {
            loop.stop()
            thread.join()
        }
        return try await body(loop)
    }
}

extension EventLoop {
    /// Runs `work` on the loop's thread and returns what it returns.
    func call<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: work()) }
        }
    }
}

/// A log that closures on several threads may write.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    func note(_ entry: String) {
        entries.withLock { $0.append(entry) }
    }
}
