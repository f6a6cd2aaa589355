internal import COpenSSL

/// One set of certificates. Sessions hold a reference of their own, so a context can be replaced
/// while connections made under it go on.
final class TLSContext: @unchecked Sendable {
    // Invariant: set up in `init`, only read afterwards; OpenSSL counts references atomically.
    private let context: OpaquePointer
    /// Whether clients without a certificate are refused.
    let requiresCertificates: Bool

    /// Errors: `invalid-certificate`, naming the files and OpenSSL's reason.
    init(_ configuration: TLSConfiguration) throws(ServerError) {
        guard let context = copenssl_server_context() else {
            throw ServerError(code: .system, message: "OpenSSL could not create a TLS context")
        }
        self.context = context
        requiresCertificates =
            configuration.requiresClientCertificate && configuration.clientAuthorityFile != nil
        let isUsable = copenssl_server_use_certificate(
            context,
            configuration.certificateFile,
            configuration.keyFile,
        )
        guard isUsable == 1 else {
            let files = "\(configuration.certificateFile) and \(configuration.keyFile)"
            throw Self.invalid("\(files) are no certificate chain and matching key in PEM form")
        }
        try verifyClients(configuration)
    }

    deinit { SSL_CTX_free(context) }

    func session(_ descriptor: Int32) -> TLSSession? {
        copenssl_server_session(context, descriptor).map { TLSSession($0) }
    }

    /// Whether the certificate that the other side of a session showed, if any, would do here.
    func trusts(_ session: TLSSession) -> Bool { session.isTrusted(by: context) }

    private func verifyClients(_ configuration: TLSConfiguration) throws(ServerError) {
        guard let file = configuration.clientAuthorityFile else { return }
        let isRequired: Int32 = configuration.requiresClientCertificate ? 1 : 0
        guard copenssl_server_verify_clients(context, file, isRequired) == 1 else {
            throw Self.invalid("\(file) holds no certificate of a client authority in PEM form")
        }
    }

    private static func invalid(_ message: String) -> ServerError {
        ServerError(
            code: .invalidCertificate,
            message: message,
            cause: TLSSession.lastError(),
        )
    }
}
