/// The public port.
public struct ListenConfiguration: Sendable, Hashable {
    /// Where to listen.
    public var address: ListenAddress
    /// `nil`: plain HTTP.
    public var tls: TLSConfiguration?

    public init(
        address: ListenAddress = .standard,
        tls: TLSConfiguration? = nil
    ) {
        self.address = address
        self.tls = tls
    }
}
