/// An error in the words of Tencent's API.
struct TencentError: Error, Sendable, Hashable {
    var code: String
    var message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    static let signature = TencentError(
        "AuthFailure.SignatureFailure",
        "The provided credentials could not be validated. Please check your signature is correct."
    )
    static let expired = TencentError(
        "AuthFailure.SignatureExpire",
        "The timestamp of the request lies more than five minutes from the server's clock."
    )
    static let unknownKey = TencentError(
        "AuthFailure.SecretIdNotFound",
        "The SecretId is not found, please ensure that your SecretId is correct."
    )
    static let token = TencentError("AuthFailure.TokenFailure", "The token is not valid.")
    static let authorization = TencentError(
        "AuthFailure.InvalidAuthorization",
        "The Authorization header is missing or malformed."
    )

    static func missing(_ name: String) -> TencentError {
        TencentError("MissingParameter", "The request is missing the required parameter `\(name)`.")
    }

    static func badType(_ name: String) -> TencentError {
        TencentError(
            "InvalidParameter",
            "The type of value of parameter `\(name)` is not correct."
        )
    }
}
