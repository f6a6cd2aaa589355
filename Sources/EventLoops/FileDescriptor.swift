internal import Glibc

/// Owns one descriptor and closes it exactly once.
public struct FileDescriptor: ~Copyable, Sendable {
    public let rawValue: Int32

    /// Takes ownership.
    public init(owning rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Gives ownership away.
    public consuming func release() -> Int32 {
        let value = rawValue
        discard self
        return value
    }

    deinit { _ = Glibc.close(rawValue) }
}
