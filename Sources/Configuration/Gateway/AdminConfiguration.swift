public import Observability

/// The admin port.
public struct AdminConfiguration: Sendable, Hashable {
    /// Where to listen.
    public var address: ListenAddress
    /// What admin callers must show. Never `nil` where others than this machine can reach the port.
    public var key: Redacted<String>?

    public init(
        address: ListenAddress = .standardAdmin,
        key: Redacted<String>? = nil
    ) {
        self.address = address
        self.key = key
    }
}
