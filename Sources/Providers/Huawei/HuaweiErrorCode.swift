internal import Upstreams

/// What refusals of Huawei's gateway, IMS, Keystone and a plain Glance mean.
/// Sources: API gateway error table (devg-apisign/api-sign-errorcode), IMS error codes, Keystone v3.
enum HuaweiErrorCode {
    /// In a session a refused token is worth one renewal; without one nothing but the operator helps.
    static func error(_ response: UpstreamResponse, isInSession: Bool) -> UpstreamError {
        let body = ErrorBody(response)
        let code =
            body.code("error_code", "errorCode") ?? body.code(in: "error", "code")
            ?? body.code("code")
        return error(response, shown(code, response), isInSession: isInSession)
    }

    /// A code of one of the two services, which is its name and four digits; Keystone's is the answer's own status.
    /// Both services' tables are long and grow, and four digits tell nothing else.
    private static func shown(_ code: String?, _ response: UpstreamResponse) -> String? {
        guard let code else { return nil }
        if code == String(response.status) { return code }
        for service in ["APIGW.", "IMG."] where code.hasPrefix(service) {
            let digits = code.utf8.dropFirst(service.utf8.count)
            return digits.count == 4 && digits.allSatisfy { (48...57).contains($0) } ? code : nil
        }
        return nil
    }

    private static func error(
        _ response: UpstreamResponse,
        _ code: String?,
        isInSession: Bool
    ) -> UpstreamError {
        switch code {
        case "APIGW.0303", "APIGW.0305":
            return refused(.unauthorized, response, code)
        case "APIGW.0307", "IMG.0030", "IMG.0087":
            return refused(isInSession ? .sessionExpired : .unauthorized, response, code)
        case "IMG.0060", "APIGW.0308":
            return refused(.throttled, response, code, isRetryable: true)
        case "APIGW.0302", "APIGW.0306", "APIGW.0310", "APIGW.0801", "APIGW.0802", "IMG.0026":
            return refused(.forbidden, response, code)
        case "APIGW.0101", "IMG.0086":
            return refused(.notFound, response, code)
        case "APIGW.0601", "APIGW.0610", "APIGW.0613":
            return refused(.upstreamFault, response, code, isRetryable: true)
        default: break
        }
        if response.status == 401, isInSession { return refused(.sessionExpired, response, code) }
        return UpstreamError(answer: response, providerCode: code)
    }

    private static func refused(
        _ meaning: UpstreamError.Code,
        _ response: UpstreamResponse,
        _ code: String?,
        isRetryable: Bool = false
    ) -> UpstreamError {
        UpstreamError(meaning, answer: response, providerCode: code, isRetryable: isRetryable)
    }
}
