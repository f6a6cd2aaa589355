/// PEM files of a listener. They exist and looked like PEM when the configuration was read.
public struct TLSConfiguration: Sendable, Hashable {
    /// The certificate chain, leaf first.
    public var certificate: String
    /// The private key.
    public var key: String
    /// Authorities of client certificates; `nil`: clients show none.
    public var clientCA: String?
    /// Whether clients must show a certificate, where there is `clientCA`.
    public var clientCertificate: ClientCertificate

    public enum ClientCertificate: String, Sendable, Hashable, CaseIterable {
        case required, optional
    }

    public init(
        certificate: String,
        key: String,
        clientCA: String? = nil,
        clientCertificate: ClientCertificate = .required
    ) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
        self.clientCertificate = clientCertificate
    }
}
