/// Why a request is not served. The server answers `status` and closes: after a request that could
/// be read in two ways nothing on that connection can be trusted (RFC 9112 §11.2).
public struct RequestRefusal: Error, Sendable, Hashable {
    public var reason: Reason

    public init(_ reason: Reason) {
        self.reason = reason
    }

    /// The closed list of reasons; raw values are stable and may label a metric.
    public enum Reason: String, Sendable, CaseIterable {
        case malformedRequestLine = "malformed-request-line"
        case invalidMethod = "invalid-method"
        case methodTooLong = "method-too-long"
        case connectUnsupported = "connect-unsupported"
        case blankInTarget = "blank-in-target"
        case invalidTargetForm = "invalid-target-form"
        case invalidTarget = "invalid-target"
        case targetTooLong = "target-too-long"
        case malformedVersion = "malformed-version"
        case unsupportedVersion = "unsupported-version"
        case bareLineFeed = "bare-line-feed"
        case invalidFieldName = "invalid-field-name"
        case invalidFieldValue = "invalid-field-value"
        case foldedField = "folded-field"
        case tooManyFields = "too-many-fields"
        case headTooLarge = "head-too-large"
        case missingHost = "missing-host"
        case repeatedHost = "repeated-host"
        case invalidHost = "invalid-host"
        case invalidContentLength = "invalid-content-length"
        case repeatedContentLength = "repeated-content-length"
        case conflictingFraming = "conflicting-framing"
        case invalidTransferEncoding = "invalid-transfer-encoding"
        case unsupportedTransferEncoding = "unsupported-transfer-encoding"
        case unsupportedExpectation = "unsupported-expectation"
        case malformedChunk = "malformed-chunk"
        case bodyTooLarge = "body-too-large"
        case trailerTooLarge = "trailer-too-large"
        case headTimeout = "head-timeout"
        case bodyTimeout = "body-timeout"
        case truncated = "truncated"
        case tooManyConnections = "too-many-connections"
    }

    /// The status the server answers with.
    public var status: Int {
        switch reason {
        case .headTimeout, .bodyTimeout: 408
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedExpectation: 417
        case .tooManyFields, .headTooLarge, .trailerTooLarge: 431
        case .methodTooLong, .connectUnsupported, .unsupportedTransferEncoding: 501
        case .tooManyConnections: 503
        case .unsupportedVersion: 505
        default: 400
        }
    }

    /// When to come again; `nil` where that would change nothing (RFC 9110 §10.2.3).
    public var retryAfterSeconds: Int? { status == 503 ? 1 : nil }

    /// What was wrong, in a few words without anything the client sent.
    public var shortDescription: String {
        let name = reason.rawValue.split(separator: "-").joined(separator: " ")
        return advice.map { "\(name): \($0)" } ?? name
    }

    /// What would be right, where the name of the reason does not say it.
    private var advice: String? {
        switch reason {
        case .blankInTarget:
            "two blanks separate method, target and version, and there are more; write %20 for one in the target"
        case .invalidTargetForm:
            "write a path that begins with /, or http:// or https:// with host and path; * is for OPTIONS alone"
        case .invalidTarget:
            "it holds a byte or a percent escape that no URL may hold; write %25 for a percent sign"
        default: nil
        }
    }
}
