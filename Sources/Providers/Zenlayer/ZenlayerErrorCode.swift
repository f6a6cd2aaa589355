internal import Upstreams

/// What Zenlayer's error codes mean.
/// Source: docs.console.zenlayer.com, api-reference/api-introduction/instruction/commonerrorcode.
enum ZenlayerErrorCode {
    static let documented = DocumentedCodes([
        "AUTHFAILURE_INVALID_AUTHORIZATION", "AUTHFAILURE_SIGNATURE_EXPIRED",
        "AUTHFAILURE_SIGNATURE_FAILURE", "AUTHFAILURE_UNAUTHORIZED_OPERATION",
        "INTERNAL_SERVER_ERROR", "INVALID_IMAGE_NOT_FOUND", "INVALID_PARAMETER_DATE_FORMAT_ERROR",
        "INVALID_PARAMETER_EXCEED_LENGTH", "INVALID_PARAMETER_EXCEED_MAXIMUM",
        "INVALID_PARAMETER_LESS_LENGTH", "INVALID_PARAMETER_LESS_MINIMUM",
        "INVALID_PARAMETER_PATTERN_ERROR", "INVALID_PARAMETER_TYPE", "INVALID_PARAMETER_VALUE",
        "INVALID_REGION_NOT_FOUND", "INVALID_ZONE_NOT_FOUND", "MISSING_PARAMETER",
        "OPERATION_FAILED_FOR_RECYCLE_RESOURCE", "OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND",
        "OPERATION_FAILED_RESOURCE_NOT_FOUND", "REQUEST_LIMIT_EXCEEDED", "REQUEST_TIMED_OUT",
        "SERVICE_TEMPORARY_UNAVAILABLE",
    ])

    static func error(_ code: String, _ response: UpstreamResponse) -> UpstreamError {
        switch code {
        case "REQUEST_LIMIT_EXCEEDED":
            refused(.throttled, code, response, isRetryable: true)
        case "INTERNAL_SERVER_ERROR", "SERVICE_TEMPORARY_UNAVAILABLE", "REQUEST_TIMED_OUT":
            refused(.upstreamFault, code, response, isRetryable: true)
        case "AUTHFAILURE_UNAUTHORIZED_OPERATION": refused(.forbidden, code, response)
        case _ where code.hasPrefix("AUTHFAILURE_"): refused(.unauthorized, code, response)
        case _ where code.hasSuffix("_NOT_FOUND"): refused(.notFound, code, response)
        case _ where code.hasPrefix("INVALID_PARAMETER_"), "MISSING_PARAMETER":
            refused(.invalidRequest, code, response)
        default: unknown(code, response)
        }
    }

    private static func refused(
        _ meaning: UpstreamError.Code,
        _ code: String,
        _ response: UpstreamResponse,
        isRetryable: Bool = false
    ) -> UpstreamError {
        UpstreamError(
            meaning,
            answer: response,
            providerCode: documented.shown(code),
            isRetryable: isRetryable
        )
    }

    /// A code of which only the status says something; with 200 not even that.
    private static func unknown(_ code: String, _ response: UpstreamResponse) -> UpstreamError {
        response.status == 200
            ? refused(.upstreamFault, code, response)
            : UpstreamError(answer: response, providerCode: documented.shown(code))
    }
}
