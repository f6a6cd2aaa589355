internal import CBenchmarkSystem
internal import CSystem
internal import Glibc

/// What everybody else makes of the machine meanwhile: where that is much, latencies say little.
struct Neighbours {
    private let begin = Neighbours.snapshot

    /// How much of all cores was spent by others than this program and those it started, from 0 to 1.
    var share: Double {
        let end = Neighbours.snapshot
        let others = (end.busy - begin.busy) - (end.own - begin.own)
        return max(0, min(1, others / max(1e-3, end.total - begin.total)))
    }

    /// Seconds since the machine started, or this program, summed over cores.
    private static var snapshot: (total: Double, busy: Double, own: Double) {
        // user, nice, system, idle, waiting for disks, two kinds of interrupts, stolen by the host.
        let line = (File.text("/proc/stat") ?? "").prefix { $0 != "\n" }
        let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8 else { return (0, 0, 0) }
        let second = Double(sysconf(Int32(_SC_CLK_TCK)))
        let total = ticks.reduce(0, +)
        return (total / second, (total - ticks[3] - ticks[4]) / second, own)
    }

    /// Of this program, what it started and has ended, and what it started and still runs.
    private static var own: Double {
        let children = File.text("/proc/self/task/\(getpid())/children") ?? ""
        let running = children.split(separator: " ").compactMap { pid_t($0) }
        return running.reduce(spent(RUSAGE_SELF) + spent(RUSAGE_CHILDREN)) {
            $0 + ProcessProbe(process: $1).processorSeconds
        }
    }

    static func spent(_ who: __rusage_who) -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
    }
}
