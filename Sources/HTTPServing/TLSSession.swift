internal import COpenSSL
internal import Glibc
internal import HTTPWire

/// One TLS connection over a non-blocking socket. The handshake happens inside the first reads.
final class TLSSession {
    private let session: OpaquePointer
    /// Nothing can be read or sent through it any more.
    private(set) var hasFailed = false
    /// OpenSSL's reason for a failure; empty for a plain reset.
    private(set) var failureReason = ""

    init(_ session: OpaquePointer) {
        self.session = session
    }

    deinit { SSL_free(session) }

    var isEstablished: Bool { SSL_is_init_finished(session) == 1 }

    /// The client's certificate, if it showed one and a configured authority signed it.
    var peerCertificate: PeerCertificate? {
        guard let certificate = copenssl_verified_peer(session) else { return nil }
        defer { X509_free(certificate) }
        var fingerprint = [UInt8](repeating: 0, count: 32)
        guard let subject = Self.text(copenssl_certificate_subject(certificate)),
            let names = Self.text(copenssl_certificate_names(certificate)),
            copenssl_certificate_fingerprint(certificate, &fingerprint) == 1
        else { return nil }
        return PeerCertificate(
            subject: subject,
            alternativeNames: names.split(separator: "\n").map { name in
                name.hasPrefix("dns:") ? name.lowercased() : String(name)
            },
            fingerprint: fingerprint,
            expires: copenssl_certificate_expiry(certificate)
        )
    }

    func isTrusted(by context: OpaquePointer) -> Bool {
        copenssl_trusts_peer(context, session) == 1
    }

    private static func text(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        defer { copenssl_free_text(text) }
        return String(cString: text)
    }

    func receive(into bytes: UnsafeMutableRawBufferPointer) -> TransferResult {
        ERR_clear_error()
        let count = SSL_read(session, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? .bytes(Int(count)) : failure(count)
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> TransferResult {
        ERR_clear_error()
        let count = SSL_write(session, bytes.baseAddress, Int32(clamping: bytes.count))
        return count > 0 ? .bytes(Int(count)) : failure(count)
    }

    /// Sends `close_notify`, unless the connection has failed (RFC 8446 §6.1).
    func shutdownWriting() {
        guard !hasFailed, isEstablished else { return }
        ERR_clear_error()
        _ = SSL_shutdown(session)
    }

    private func failure(_ result: Int32) -> TransferResult {
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wouldBlock
        case SSL_ERROR_ZERO_RETURN: return .ended
        default:
            hasFailed = true
            failureReason = Self.lastError()
            return .failed
        }
    }

    static func lastError() -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard let base = text.baseAddress else { return "" }
            copenssl_last_error(base, 256)
            return String(cString: base)
        }
    }
}
