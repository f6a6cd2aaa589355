/// An error in the words of Zenlayer's API, with its HTTP status.
struct ZenlayerError: Error, Sendable, Hashable {
    var status: Int
    var code: String
    var message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    static let authorization = ZenlayerError(
        401,
        "AUTHFAILURE_INVALID_AUTHORIZATION",
        "The Authorization header is missing or malformed."
    )
    static let signature = ZenlayerError(
        401,
        "AUTHFAILURE_SIGNATURE_FAILURE",
        "The request signature does not match."
    )
    static let expired = ZenlayerError(
        401,
        "AUTHFAILURE_SIGNATURE_EXPIRED",
        "The timestamp of the request lies more than five minutes from the server's clock."
    )
    static let action = ZenlayerError(
        401,
        "AUTHFAILURE_UNAUTHORIZED_OPERATION",
        "The operation does not exist or is not permitted."
    )

    static func missing(_ name: String) -> ZenlayerError {
        ZenlayerError(400, "MISSING_PARAMETER", "The parameter `\(name)` is missing.")
    }

    static func type(_ name: String) -> ZenlayerError {
        ZenlayerError(400, "INVALID_PARAMETER_TYPE", "The type of `\(name)` is wrong.")
    }

    static func value(_ name: String) -> ZenlayerError {
        ZenlayerError(400, "INVALID_PARAMETER_VALUE", "The value of `\(name)` is not supported.")
    }
}
