internal import Upstreams

/// What Tencent's error codes mean, of both generations.
/// Sources: the error table of DescribeImages, the common codes of API 3.0, the signature page of 2017.
enum TencentErrorCode {
    static let documented = DocumentedCodes([
        "ActionOffline", "AuthFailure", "AuthFailure.InvalidAuthorization",
        "AuthFailure.InvalidSecretId", "AuthFailure.MFAFailure", "AuthFailure.SecretIdNotFound",
        "AuthFailure.SignatureExpire", "AuthFailure.SignatureFailure", "AuthFailure.TokenFailure",
        "AuthFailure.UnauthorizedOperation", "FailedOperation", "FailedOperation.IllegalTagKey",
        "InternalError", "InvalidAction", "InvalidFilter", "InvalidFilterValue",
        "InvalidFilterValue.LimitExceeded", "InvalidImageId.Malformed",
        "InvalidInstanceType.Malformed", "InvalidParameter",
        "InvalidParameter.InvalidParameterCoexistImageIdsFilters", "InvalidParameterValue",
        "InvalidParameterValue.InstanceTypeNotFound", "InvalidParameterValue.InvalidAppIdFormat",
        "InvalidParameterValue.InvalidParameterValueLimit", "InvalidParameterValue.LimitExceeded",
        "InvalidParameterValue.TagKeyNotFound", "InvalidParameterValue.ZoneNotSupported",
        "InvalidParameterValueLimit", "InvalidParameterValueOffset", "InvalidRegion.NotFound",
        "InvalidZone.MismatchRegion", "IpInBlacklist", "IpNotInWhitelist", "MissingParameter",
        "NoSuchProduct", "NoSuchVersion", "RequestLimitExceeded",
        "RequestLimitExceeded.GlobalRegionUinLimitExceeded", "RequestLimitExceeded.IPLimitExceeded",
        "RequestLimitExceeded.UinLimitExceeded", "RequestSizeLimitExceeded", "ResourceUnavailable",
        "ResourcesSoldOut.SpecifiedInstanceType", "ResponseSizeLimitExceeded", "ServiceUnavailable",
        "UnauthorizedOperation", "UnauthorizedOperation.InvalidToken",
        "UnauthorizedOperation.PermissionDenied", "UnknownParameter", "UnsupportedOperation",
        "UnsupportedProtocol", "UnsupportedRegion",
    ])

    /// A documented code, or a number of 2017 whose family has a meaning.
    static func shown(_ code: String?) -> String? {
        guard let code, let number = Int(code), String(number) == code else {
            return documented.shown(code)
        }
        switch number {
        case 4000..<4100, 4100...4104, 4110, 4500, 6000..<7000: return code
        default: return nil
        }
    }

    static func error(_ code: String, _ response: UpstreamResponse) -> UpstreamError {
        let (meaning, isRetryable) = meaning(code)
        return UpstreamError(
            meaning,
            answer: response,
            providerCode: shown(code),
            isRetryable: isRetryable
        )
    }

    private static func meaning(_ code: String) -> (UpstreamError.Code, isRetryable: Bool) {
        if let number = Int(code) { return legacyMeaning(number) }
        switch code {
        case "AuthFailure.UnauthorizedOperation", "IpInBlacklist", "IpNotInWhitelist":
            return (.forbidden, false)
        case "UnauthorizedOperation.InvalidToken": return (.unauthorized, false)
        case "InvalidAction", "NoSuchVersion", "NoSuchProduct", "ActionOffline",
            "InvalidRegion.NotFound", "UnsupportedRegion":
            return (.notFound, false)
        default: return familyMeaning(code)
        }
    }

    /// The part in front of the first point says what kind of error it is.
    private static func familyMeaning(_ code: String) -> (UpstreamError.Code, isRetryable: Bool) {
        switch code.prefix(while: { $0 != "." }) {
        case "RequestLimitExceeded": (.throttled, true)
        case "InternalError", "ServiceUnavailable", "ResourceUnavailable": (.upstreamFault, true)
        case "AuthFailure": (.unauthorized, false)
        case "UnauthorizedOperation": (.forbidden, false)
        case "InvalidFilter", "InvalidFilterValue", "InvalidImageId", "InvalidInstanceType",
            "InvalidParameter", "InvalidParameterValue", "InvalidZone", "MissingParameter",
            "UnknownParameter", "UnsupportedProtocol", "UnsupportedOperation", "FailedOperation",
            "RequestSizeLimitExceeded", "ResponseSizeLimitExceeded", "ResourcesSoldOut":
            (.invalidRequest, false)
        default: (.upstreamFault, false)
        }
    }

    /// 4500 is a repeated nonce or a clock that is more than two hours off.
    private static func legacyMeaning(_ code: Int) -> (UpstreamError.Code, isRetryable: Bool) {
        switch code {
        case 4100, 4103, 4104, 4500: (.unauthorized, false)
        case 4101, 4102, 4110: (.forbidden, false)
        case 4000..<4100: (.invalidRequest, false)
        case 6000..<7000: (.upstreamFault, true)
        default: (.upstreamFault, false)
        }
    }
}
