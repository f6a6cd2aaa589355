internal import Glibc

/// Standard output, written whole.
enum StandardOutput {
    /// A reader that has left (`| head`) ends the process the way it ends any filter.
    static func write(_ bytes: [UInt8]) throws(QueryFailure) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count > 0 {
                offset += count
            } else if errno == EPIPE {
                throw endByBrokenPipe()
            } else if errno != EINTR {
                let reason = String(cString: strerror(errno))
                throw QueryFailure(lines: ["standard output cannot be written: \(reason)"])
            }
        }
    }

    /// All that a command has to say. Returns its exit status: 1, and says why, where that cannot be written.
    static func write(_ bytes: [UInt8], of command: String) -> Int32 {
        do throws(QueryFailure) {
            try write(bytes)
            return 0
        } catch {
            for line in error.lines { Console.error("image-gateway \(command): \(line)") }
            return 1
        }
    }

    static func write(lines: [String], of command: String) -> Int32 {
        write(Array(lines.map { "\($0)\n" }.joined().utf8), of: command)
    }

    /// Does not return unless the signal cannot end this process; then the failure has no words.
    private static func endByBrokenPipe() -> QueryFailure {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGPIPE)
        signal(SIGPIPE, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(SIGPIPE)
        return QueryFailure(lines: [])
    }
}
