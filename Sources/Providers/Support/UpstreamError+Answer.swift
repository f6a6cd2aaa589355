internal import ImageModel
internal import JSONText
internal import Upstreams

/// What an answer other than a page means. Sentences are ours; nothing of a body is repeated.
extension UpstreamError {
    /// Upper bound on a wait that is believed.
    static let retryAfterMax = Duration.seconds(3_600)

    /// An answer that the status alone explains.
    init(answer response: UpstreamResponse, providerCode: String? = nil) {
        let (code, isRetryable) = UpstreamError.meaning(ofStatus: response.status)
        self.init(code, answer: response, providerCode: providerCode, isRetryable: isRetryable)
    }

    /// An answer that the provider's own code explains.
    init(
        _ code: Code,
        answer response: UpstreamResponse,
        providerCode: String? = nil,
        isRetryable: Bool = false
    ) {
        self.init(
            code,
            UpstreamError.sentence(code, providerCode),
            status: response.status,
            providerCode: providerCode,
            isRetryable: isRetryable,
            retryAfter: UpstreamError.retryAfter(response)
        )
    }

    /// A page that is not the documented JSON.
    init(unreadable error: JSONError, _ response: UpstreamResponse) {
        self.init(
            .malformedAnswer,
            "The answer is not the documented JSON: \(error).",
            status: response.status
        )
    }

    /// A page of JSON whose list is missing.
    init(withoutList response: UpstreamResponse) {
        self.init(
            .malformedAnswer,
            "The answer is JSON, but the documented list of images is not in it.",
            status: response.status
        )
    }

    private static func meaning(ofStatus status: Int) -> (Code, isRetryable: Bool) {
        switch status {
        // Nothing was asked under a condition that it could answer.
        case 304: (.malformedAnswer, false)
        case 300..<400: (.redirectRefused, false)
        case 401: (.unauthorized, false)
        case 403, 407, 451: (.forbidden, false)
        case 404, 410: (.notFound, false)
        case 408, 425: (.upstreamFault, true)
        case 429: (.throttled, true)
        case 400..<500: (.invalidRequest, false)
        case 501, 505: (.upstreamFault, false)
        case 500..<600: (.upstreamFault, true)
        default: (.malformedAnswer, false)
        }
    }

    /// Whole seconds, or a date, which counts from the answer's own `Date`; an absurd wait is ignored (RFC 9110 §10.2.3).
    private static func retryAfter(_ response: UpstreamResponse) -> Duration? {
        guard let text = response.value(of: "Retry-After") else { return nil }
        var wait = UInt16(text).map { Duration.seconds($0) }
        if wait == nil, let until = moment(text),
            let sent = response.value(of: "Date").flatMap(moment)
        {
            wait = .seconds(max(0, until.seconds - sent.seconds))
        }
        return wait.flatMap { $0 <= retryAfterMax ? $0 : nil }
    }

    /// `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110 §5.6.7).
    private static func moment(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months[String(parts[2])] else {
            return nil
        }
        return Timestamp(rfc3339: "\(parts[3])-\(month)-\(parts[1])T\(parts[4])Z")
    }

    private static let months = [
        "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06", "Jul": "07",
        "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
    ]

    /// What providers say of a signature that is too old or too new.
    private static let clockCodes: Set = [
        "AUTHFAILURE_SIGNATURE_EXPIRED", "AuthFailure.SignatureExpire", "APIGW.0303", "4500",
    ]

    private static func sentence(_ code: Code, _ providerCode: String?) -> String {
        switch code {
        case .unauthorized where providerCode.map(clockCodes.contains) == true:
            "The provider says that the time of the request is wrong. Check this machine's clock, then "
                + "`credentials`."
        case .unauthorized: "The provider refused the credentials. Check `credentials`."
        case .sessionExpired: "The provider no longer accepts the session's token; renew it."
        case .forbidden: "The provider does not let these credentials list images. Grant the right."
        case .notFound: "The provider knows no such call or place. Check `endpoint` and `region`."
        case .invalidRequest:
            "The provider rejected the parameters. Check `region` and `page_size`."
        case .throttled: "The provider limits calls. Lower this upstream's `rate_limit`."
        case .upstreamFault: "The provider failed to answer. It may recover by itself."
        case .redirectRefused:
            "The provider redirects, which is never followed. Correct `endpoint`."
        case .markerLost: "The image that the walk stood on is gone; the walk may start again."
        default: "The provider answered in a way that its documentation does not know."
        }
    }
}
