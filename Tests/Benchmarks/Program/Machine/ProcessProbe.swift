internal import CBenchmarkSystem
internal import Glibc
internal import TestKit

/// What the kernel knows about a process.
struct ProcessProbe {
    let process: pid_t

    /// Seconds, user and system, to the nanosecond; children not included.
    var processorSeconds: Double { Double(ig_processor_time(process)) / 1e9 }

    /// Bytes in memory. The quick figure of `status` may be behind by some pages of each thread.
    var residentBytes: Int {
        let exact = number(after: "Rss:", in: "smaps_rollup")
        return 1024 * (exact ?? number(after: "VmRSS:", in: "status") ?? 0)
    }

    /// Bytes in memory that are this process's own and no file's.
    var anonymousBytes: Int { 1024 * (number(after: "Anonymous:", in: "smaps_rollup") ?? 0) }

    var descriptorCount: Int { Folder.names(in: "/proc/\(process)/fd").count }

    /// How often its threads have been put to work, or from it, since they started.
    var switchCount: Int {
        Folder.names(in: "/proc/\(process)/task").reduce(0) { sum, thread in
            let file = "task/\(thread)/status"
            return sum + (number(after: "\nvoluntary_ctxt_switches:", in: file) ?? 0)
                + (number(after: "nonvoluntary_ctxt_switches:", in: file) ?? 0)
        }
    }

    private func number(after label: String, in file: String) -> Int? {
        let text = File.text("/proc/\(process)/\(file)") ?? ""
        guard let place = text.firstRange(of: label) else { return nil }
        let rest = text[place.upperBound...].drop { $0 == " " || $0 == "\t" }
        return Int(rest.prefix { $0.isNumber })
    }
}
