internal import EventLoops
internal import Glibc
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// Real time; sleeps on the timers of loops: whoever runs on one of them on that one, anybody else on the first.
struct LoopTimekeeper: Timekeeper {
    private let loops: [EventLoop]

    /// There is at least one loop.
    init(loops: [EventLoop]) {
        precondition(!loops.isEmpty, "time passes on a loop")
        self.loops = loops
    }

    init(loop: EventLoop) {
        self.init(loops: [loop])
    }

    private var loop: EventLoop { loops.first { $0.isCurrent } ?? loops[0] }

    var now: MonotonicClock.Instant { MonotonicClock.now }

    var date: Timestamp { WallClock.now }

    func sleep(until deadline: MonotonicClock.Instant) async throws(CancellationError) {
        try await loop.sleep(until: deadline)
    }

    /// On the loop's own thread with a timer of the loop: no task has to sleep for it.
    func call(
        at deadline: MonotonicClock.Instant,
        _ action: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        let loop = self.loop
        guard loop.isCurrent else {
            let sleeper = Task(executorPreference: loop) {
                do throws(CancellationError) {
                    try await loop.sleep(until: deadline)
                    action()
                } catch {}
            }
            return { sleeper.cancel() }
        }
        let timer = loop.schedule(at: deadline, action)
        return {
            if loop.isCurrent { loop.cancel(timer) } else { loop.submit { loop.cancel(timer) } }
        }
    }
}

enum WallClock {
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
