internal import Upstreams

/// GMI's refusals: `{group, code, message}` from its own checks, `{reason}` from what stands behind.
/// `code` is 0 for an invalid token and 1 for an expired one, never a success.
enum GMIErrorCode {
    /// Numbers of what stands behind are no codes: nothing says what they mean.
    static let documented = DocumentedCodes(["auth_verify.0", "auth_verify.1", "request.0"])

    static func error(_ response: UpstreamResponse, isInSession: Bool) -> UpstreamError {
        let code = providerCode(ErrorBody(response))
        guard response.status == 401, isInSession else {
            return UpstreamError(answer: response, providerCode: code)
        }
        return UpstreamError(.sessionExpired, answer: response, providerCode: code)
    }

    /// `auth_verify.1`
    private static func providerCode(_ body: ErrorBody) -> String? {
        guard let group = body.code("group"), let code = body.code("code") else { return nil }
        return documented.shown("\(group).\(code)")
    }
}
