internal import COpenSSL

/// One set of certificates. Sessions hold a reference of their own, so a context can be replaced
/// while connections made under it go on.
final class TLSContext: @unchecked Sendable {
    // Invariant: set up in `init`, only read afterwards; OpenSSL counts references atomically.
    private let context: OpaquePointer
    /// Whether clients without a certificate are refused.
    let requiresCertificates: Bool

    /// Errors: `invalid-certificate`, naming the file and OpenSSL's reason.
    init(_ configuration: TLSConfiguration) throws(ServerError) {
        guard let context = copenssl_server_context() else {
            throw ServerError(code: .system, message: "OpenSSL could not create a TLS context")
        }
        self.context = context
        requiresCertificates =
            configuration.requiresClientCertificate && configuration.clientAuthorityFile != nil
        try useCertificate(configuration)
        try verifyClients(configuration)
    }

    deinit { SSL_CTX_free(context) }

    /// `nil` for a certificate whose dates cannot be read.
    var validity: CertificateValidity? {
        var validity = CertificateValidity(begin: 0, end: 0)
        let isRead = copenssl_server_validity(context, &validity.begin, &validity.end) == 1
        return isRead ? validity : nil
    }

    func session(_ descriptor: Int32) -> TLSSession? {
        copenssl_server_session(context, descriptor).map { TLSSession($0) }
    }

    /// Whether the certificate that the other side of a session showed, if any, would do here.
    func trusts(_ session: TLSSession) -> Bool { session.isTrusted(by: context) }

    private func useCertificate(_ configuration: TLSConfiguration) throws(ServerError) {
        let (chain, key) = (configuration.certificateFile, configuration.keyFile)
        guard copenssl_server_use_chain(context, chain) == 1 else {
            let message = "the file \(chain) holds no certificate chain that can be read"
            throw Self.invalid(.certificate, message)
        }
        switch copenssl_server_use_key(context, key) {
        case 1: return
        case 0:
            let message = "the file \(key) holds no private key that can be read without a password"
            throw Self.invalid(.key, message)
        default:
            throw Self.invalid(.key, "the file \(key) holds another key than the certificate's")
        }
    }

    private func verifyClients(_ configuration: TLSConfiguration) throws(ServerError) {
        guard let file = configuration.clientAuthorityFile else { return }
        let isRequired: Int32 = configuration.requiresClientCertificate ? 1 : 0
        guard copenssl_server_verify_clients(context, file, isRequired) == 1 else {
            let message = "the file \(file) holds no certificates of authorities that can be read"
            throw Self.invalid(.clientAuthority, message)
        }
    }

    private static func invalid(_ file: TLSConfiguration.File, _ message: String) -> ServerError {
        ServerError(
            code: .invalidCertificate,
            message: message,
            cause: TLSSession.lastError(),
            file: file
        )
    }
}
