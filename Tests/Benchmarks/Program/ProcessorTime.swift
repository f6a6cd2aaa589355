internal import CSystem
internal import Glibc

/// Seconds of processor time, user and system: what a noisy machine disturbs least.
enum ProcessorTime {
    static var ofThisProcess: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
    static var ofThisThread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
