/// PEM files of a listener. They exist and looked like PEM when the configuration was read.
public struct TLSConfiguration: Sendable, Hashable {
    /// The certificate chain, leaf first.
    public var certificate: String
    /// The private key.
    public var key: String
    /// Authorities of client certificates; `nil`: clients show none.
    public var clientCA: String?

    public init(
        certificate: String,
        key: String,
        clientCA: String? = nil
    ) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
    }
}
