internal import CCurl
internal import Glibc
internal import Upstreams

extension EasyHandle {
    /// libcurl's result as our error, in our words. Its own text may name hosts, so it is only read here.
    func failure(_ result: CURLcode, _ transfer: CurlTransfer) -> UpstreamError {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST:
            retryable(.nameResolutionFailed, "the upstream's host name could not be resolved")
        case CURLE_COULDNT_RESOLVE_PROXY:
            retryable(.nameResolutionFailed, "the proxy's host name could not be resolved")
        case CURLE_OPERATION_TIMEDOUT:
            .deadline(phase(transfer))
        case CURLE_FILESIZE_EXCEEDED:
            .bodyTooLarge(transfer.policy.bodyBytesMax)
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            .unusableURL
        default:
            answerFailure(result, transfer) ?? tlsFailure(result) ?? connectionFailure(result)
        }
    }

    /// An answer that breaks the rules of HTTP, or its bounds.
    private func answerFailure(_ result: CURLcode, _ transfer: CurlTransfer) -> UpstreamError? {
        switch result {
        // A write error that is not ours: bytes behind the end of what is compressed.
        case CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            malformed("its compressed body could not be decoded")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL:
            malformed("it is not HTTP")
        case CURLE_RECV_ERROR where failureText.contains("chunked-encoding"):
            malformed("its chunked framing is broken")
        case CURLE_RECV_ERROR where failureText.contains("Too large response headers"):
            headTooLarge
        // One line outgrew libcurl's own bound; 100 is newer libcurls' name for it (CURLE_TOO_LARGE).
        case CURLE_OUT_OF_MEMORY where !transfer.head.isComplete, CURLcode(rawValue: 100):
            headTooLarge
        default:
            nil
        }
    }

    private func connectionFailure(_ result: CURLcode) -> UpstreamError {
        let connectStatus = number(CURLINFO_HTTP_CONNECTCODE)
        if connectStatus >= 300 {
            return retryable(
                .connectionFailed,
                "the proxy refused the tunnel with status \(connectStatus)"
            )
        }
        return retryable(.connectionFailed, connectionSentence(result))
    }

    private func connectionSentence(_ result: CURLcode) -> String {
        switch result {
        case CURLE_COULDNT_CONNECT where number(CURLINFO_OS_ERRNO) == Int(ECONNRESET):
            "the upstream broke the connection while it was made"
        case CURLE_COULDNT_CONNECT: "the connection to the upstream was refused or is unreachable"
        case CURLE_GOT_NOTHING: "the upstream closed the connection without an answer"
        case CURLE_PARTIAL_FILE: "the upstream closed the connection in the middle of its answer"
        case CURLE_SEND_ERROR: "the upstream broke the connection while the request was sent"
        case CURLE_RECV_ERROR: "the upstream broke the connection"
        case CURLE_HTTP2, CURLE_HTTP2_STREAM: "the upstream ended the HTTP/2 stream with an error"
        case CURLE_PROXY: "the proxy refused the connection"
        default: "the call failed (libcurl \(result.rawValue))"
        }
    }

    private var headTooLarge: UpstreamError {
        UpstreamError(.answerTooLarge, "the answer's head is too long")
    }

    private func malformed(_ why: String) -> UpstreamError {
        UpstreamError(.malformedAnswer, "the upstream's answer cannot be read: \(why)")
    }

    private func retryable(_ code: UpstreamError.Code, _ message: String) -> UpstreamError {
        UpstreamError(code, message, isRetryable: true)
    }
}
