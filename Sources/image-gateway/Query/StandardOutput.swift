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
                signal(SIGPIPE, SIG_DFL)
                raise(SIGPIPE)
            } else if errno != EINTR {
                let reason = String(cString: strerror(errno))
                throw QueryFailure(lines: ["standard output cannot be written: \(reason)"])
            }
        }
    }
}
