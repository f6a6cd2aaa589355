/// Certificates of a TLS listener, as PEM files.
public struct TLSConfiguration: Sendable, Hashable {
    /// The server's certificate followed by its intermediates.
    public var certificateFile: String
    public var keyFile: String
    /// Clients may prove themselves with a certificate of this authority; see `HTTPPeer`.
    public var clientAuthorityFile: String?
    /// Refuses clients without such a certificate.
    public var requiresClientCertificate: Bool

    public init(
        certificateFile: String,
        keyFile: String,
        clientAuthorityFile: String? = nil,
        requiresClientCertificate: Bool = false
    ) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientAuthorityFile = clientAuthorityFile
        self.requiresClientCertificate = requiresClientCertificate
    }
}
