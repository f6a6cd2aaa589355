internal import EventLoops
internal import Glibc
internal import Synchronization

/// The loops that serve, each on a thread of its own, and the main loop on the thread that started the
/// program: long walks and their calls, signals.
final class Threads: Sendable {
    let main: EventLoop
    let serving: [EventLoop]
    /// The main loop first.
    var all: [EventLoop] { [main] + serving }

    /// `count` serving loops; `nil` means one per core.
    init(count: Int?) throws(SystemError) {
        main = try EventLoop()
        var loops: [EventLoop] = []
        for index in 0..<Self.servingCount(count) {
            let loop = try EventLoop()
            _ = loop.start(name: "serve-\(index)")
            loops.append(loop)
        }
        serving = loops
    }

    /// How many serving loops there are where `count` is asked for.
    static func servingCount(_ count: Int?) -> Int {
        count ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Runs `work` on the calling thread and on each serving loop, and returns when all have done it.
    func runEverywhere(_ work: @escaping @Sendable () -> Void) {
        let ends = serving.map { loop in
            let end = Gate()
            loop.submit {
                work()
                end.open()
            }
            return end
        }
        work()
        for end in ends { end.wait() }
    }

    /// Runs `work` on the main loop, and that loop on the calling thread until the work is done.
    func run(_ work: @escaping @Sendable () async -> Int32) -> Int32 {
        let outcome = Outcome()
        let main = self.main
        Task(executorPreference: main) {
            outcome.status.withLock { $0 = 0 }
            let status = await work()
            outcome.status.withLock { $0 = status }
            main.stop()
        }
        main.run()
        return outcome.status.withLock { $0 }
    }

    private final class Outcome: Sendable {
        let status = Mutex<Int32>(1)
    }
}
