/// Why an upstream contributed nothing, or less than it has.
///
/// `message` is for the caller of the gateway: what happened and what to do, in our words. It never
/// repeats an upstream's body, a credential or a host name that is not in the configuration.
public struct UpstreamError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One reference: each function on the way of an error has room for one, and walks have many.
    private let box: Box

    public var code: Code { box.facts.code }
    public var message: String { box.facts.message }
    /// HTTP status of the upstream's answer, where there was one.
    public var status: Int? { box.facts.status }
    /// The provider's own error code, for example `APIGW.0301`; `nil` for one that no document lists.
    public var providerCode: String? { box.facts.providerCode }
    /// Of `misconfigured`: the setting that cannot work, where it is one.
    public var setting: SettingComplaint? { box.facts.setting }
    /// Whether the same call may succeed later.
    public var isRetryable: Bool { box.facts.isRetryable }
    /// What the upstream asked for, or what is left of it, where it asked.
    public var retryAfter: Duration? { box.facts.retryAfter }
    /// Requests of the one attempt that failed: two where the first was lost on a kept connection.
    public var requestCount: Int { box.facts.requestCount }

    public enum Code: String, Sendable, Hashable, CaseIterable {
        case connectionFailed = "connection-failed"
        case nameResolutionFailed = "name-resolution-failed"
        case tlsFailed = "tls-failed"
        case deadlineExceeded = "deadline-exceeded"
        case cancelled = "cancelled"
        case answerTooLarge = "answer-too-large"
        case malformedAnswer = "malformed-answer"
        case unauthorized = "unauthorized"
        /// The session's token has expired or been withdrawn; worth one renewal.
        case sessionExpired = "session-expired"
        case forbidden = "forbidden"
        case notFound = "not-found"
        case invalidRequest = "invalid-request"
        case throttled = "throttled"
        case upstreamFault = "upstream-fault"
        case redirectRefused = "redirect-refused"
        case pagingFault = "paging-fault"
        /// The page that the walk stood on no longer exists; the walk may start again.
        case markerLost = "marker-lost"
        case tooManyImages = "too-many-images"
        /// Some elements of the list have no usable id or are too long; the others are good.
        case rowsUnreadable = "rows-unreadable"
        case circuitOpen = "circuit-open"
        case stillLoading = "still-loading"
        case notCached = "not-cached"
        case misconfigured = "misconfigured"
    }

    public init(
        _ code: Code,
        _ message: String,
        status: Int? = nil,
        providerCode: String? = nil,
        isRetryable: Bool = false,
        retryAfter: Duration? = nil,
        setting: SettingComplaint? = nil
    ) {
        box = Box(
            Facts(
                code: code,
                message: message,
                status: status,
                providerCode: providerCode,
                isRetryable: isRetryable,
                retryAfter: retryAfter,
                setting: setting
            )
        )
    }

    /// Settings that cannot work: `misconfigured`, with the key among the message's words.
    public init(misconfigured key: String, _ message: String) {
        let setting = SettingComplaint(key: key, message: message)
        self.init(.misconfigured, setting.description, setting: setting)
    }

    /// The same without the provider's own code.
    public var withoutProviderCode: UpstreamError {
        changed { ($0.providerCode, $0.setting) = (nil, nil) }
    }

    /// The same of a call that logs in, which may go to another place than the list's.
    public var atLogin: UpstreamError { changed { $0.message = "Login: \($0.message)" } }

    /// The same of an attempt that took so many requests.
    public func after(requests count: Int) -> UpstreamError {
        count > 1 ? changed { $0.requestCount = count } : self
    }

    /// The same as it stands some time later: the wait that was asked for is shorter by then, or over.
    public func later(by elapsed: Duration) -> UpstreamError {
        guard let retryAfter, elapsed > .zero else { return self }
        return changed { $0.retryAfter = elapsed < retryAfter ? retryAfter - elapsed : nil }
    }

    private func changed(_ change: (inout Facts) -> Void) -> UpstreamError {
        var facts = box.facts
        change(&facts)
        return UpstreamError(facts)
    }

    private init(_ facts: Facts) { box = Box(facts) }

    public var description: String { "\(code.rawValue): \(message)" }

    public static func == (one: UpstreamError, other: UpstreamError) -> Bool {
        one.box === other.box || one.box.facts == other.box.facts
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(box.facts)
    }

    private struct Facts: Sendable, Hashable {
        var code: Code
        var message: String
        var status: Int?
        var providerCode: String?
        var isRetryable: Bool
        var retryAfter: Duration?
        var setting: SettingComplaint?
        var requestCount = 1
    }

    private final class Box: Sendable {
        let facts: Facts

        init(_ facts: Facts) {
            self.facts = facts
        }
    }

    /// Whether another attempt of the same call is worthwhile at once. A refusal (4xx) says that the call is wrong,
    /// not that it came at a bad time; 408 and 429 say the latter (RFC 9110 §15.5.9, RFC 6585 §4).
    public var isWorthRepeating: Bool {
        guard isRetryable, code != .circuitOpen else { return false }
        guard let status, (400..<500).contains(status) else { return true }
        return status == 408 || status == 429
    }

    /// Bounded, without dynamic parts: the only text of an error that may label a metric.
    public var shortDescription: String { code.rawValue }
}
