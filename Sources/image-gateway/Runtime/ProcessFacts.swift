internal import CurlClient
internal import Glibc

/// What the kernel says of this process. Reads of `/proc`, which is memory: microseconds, no disk.
enum ProcessFacts {
    /// `nil` where `/proc` is not mounted. Source: proc_pid_statm(5), second field, in pages.
    static var residentBytes: Int? {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let fields = bytes[..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 1 else { return nil }
        let pages = Int(String(decoding: fields[1], as: UTF8.self))
        return pages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    }

    /// `nil` where `/proc` is not mounted.
    static var openDescriptorCount: Int? {
        // Since Linux 6.2 the directory's size is the count; before, it is zero.
        var status = stat()
        guard stat("/proc/self/fd", &status) == 0 else { return nil }
        return status.st_size > 0 ? Int(status.st_size) : listedDescriptorCount
    }

    private static var listedDescriptorCount: Int? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
        }
        // The listing's own descriptor is not counted.
        return count - 1
    }

    static var descriptorCountMax: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return nil
        }
        return Int(exactly: limit.rlim_cur)
    }

    /// Descriptors that are not for clients: files and the loops' own, the admin port's, calls to upstreams.
    static func descriptorReserve(adminConnections: Int, loops: Int) -> Int {
        128 + adminConnections + loops * CurlTransportLimits().idleConnectionCountMax
    }

    /// Takes as many descriptors as the process may have: the lower bound it mostly starts with is for
    /// programs that use `select`.
    static func raiseDescriptorLimit() {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(resource, &limit)
    }

    /// User and system time of all threads.
    static var processorTime: Duration {
        var usage = rusage()
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return .zero }
        return usage.ru_utime.duration + usage.ru_stime.duration
    }
}

extension timeval {
    fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}
