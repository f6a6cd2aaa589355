/// Why a server could not start or change.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        case invalidAddress = "invalid-address"
        case addressUnavailable = "address-unavailable"
        case invalidCertificate = "invalid-certificate"
        case invalidState = "invalid-state"
        case system = "system"
    }

    public var code: Code
    /// What happened and what to do about it.
    public var message: String
    /// The underlying failure as text; empty without one.
    public var cause: String
    /// Of `invalid-certificate`: the file that cannot be used.
    public var file: TLSConfiguration.File?

    public init(
        code: Code,
        message: String,
        cause: String = "",
        file: TLSConfiguration.File? = nil
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.file = file
    }

    public var description: String {
        cause.isEmpty ? message : "\(message) (\(cause))"
    }
}
