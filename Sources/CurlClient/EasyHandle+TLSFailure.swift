internal import CCurl
internal import Upstreams

extension EasyHandle {
    /// `nil` where the result is not about TLS.
    func tlsFailure(_ result: CURLcode) -> UpstreamError? {
        switch result {
        case CURLE_PEER_FAILED_VERIFICATION:
            UpstreamError(.tlsFailed, "the upstream's certificate was refused: \(certificateFault)")
        case CURLE_SSL_CONNECT_ERROR:
            handshakeFailure
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE:
            UpstreamError(.tlsFailed, "the file of trusted authorities cannot be read")
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
            UpstreamError(.tlsFailed, "the TLS connection could not be set up")
        default:
            nil
        }
    }

    /// The numbers are OpenSSL's `X509_V_ERR_…`. libcurl checks the name itself, and then leaves no number.
    private var certificateFault: String {
        if failureText.contains("subject name") { return "it is for another host name" }
        return switch number(CURLINFO_SSL_VERIFYRESULT) {
        case 9: "it is not valid yet"
        case 10: "it has expired"
        case 18, 19: "it is self-signed, its authority is not among the trusted ones"
        case 2, 20, 21, 27: "its authority is unknown"
        case 23: "it has been revoked"
        case 62, 64: "it is for another host name"
        case let code: "its chain does not hold (OpenSSL \(code))"
        }
    }

    /// A handshake that broke off may work next time; one that was answered with a refusal will not.
    private var handshakeFailure: UpstreamError {
        let text = failureText
        if text.contains("wrong version number") || text.contains("packet length too long") {
            return UpstreamError(
                .tlsFailed,
                "the TLS handshake failed: the peer does not speak TLS"
            )
        }
        if text.contains("alert") {
            return UpstreamError(.tlsFailed, "the TLS handshake failed: the peer refused it")
        }
        if text.contains("SSL_ERROR_SYSCALL") || text.contains("reset") || text.contains("eof") {
            let message = "the TLS handshake failed: the peer closed the connection"
            return UpstreamError(.tlsFailed, message, isRetryable: true)
        }
        return UpstreamError(.tlsFailed, "the TLS handshake failed")
    }
}
