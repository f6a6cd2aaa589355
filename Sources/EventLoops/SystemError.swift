internal import Glibc

/// A system call that failed for a reason outside this program.
public struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The call's name, for example `bind`.
    public var call: String
    public var errno: Int32

    public init(call: String, errno: Int32) {
        self.call = call
        self.errno = errno
    }

    public var description: String {
        "\(call): \(String(cString: strerror(errno)))"
    }
}
