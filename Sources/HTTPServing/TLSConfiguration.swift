/// Certificates of a TLS listener, as PEM files.
public struct TLSConfiguration: Sendable, Hashable {
    /// The server's certificate followed by its intermediates.
    public var certificateFile: String
    public var keyFile: String
    /// Clients may prove themselves with a certificate of this authority; see `HTTPPeer`.
    public var clientAuthorityFile: String?
    /// Refuses clients without such a certificate.
    public var requiresClientCertificate: Bool

    /// Which of the files something is about.
    public enum File: String, Sendable, CaseIterable {
        case certificate, key, clientAuthority
    }

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

    /// Loads the files as a server does; when the server's certificate is valid, `nil` where that cannot be read.
    /// Errors: `invalid-certificate`, with the `file` that cannot be used.
    public func check() throws(ServerError) -> CertificateValidity? {
        try TLSContext(self).validity
    }
}
