public import MonotonicTime

/// The one way out: sends a request to a configured upstream and returns the whole answer.
///
/// Cancellation of the calling task ends the call and removes it from the wire. Redirects are answers,
/// never followed. Every HTTP status is a value; what throws is the absence of an answer.
public protocol UpstreamTransport: Sendable {
    /// With `hedge`, a second attempt where the first takes long. Not to be left out by whoever wraps another one.
    func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant,
        hedge: Hedge?
    ) async throws(UpstreamError) -> UpstreamResponse
}

extension UpstreamTransport {
    /// One attempt.
    public func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant
    ) async throws(UpstreamError) -> UpstreamResponse {
        try await send(request, policy: policy, deadline: deadline, hedge: nil)
    }
}

/// How one upstream is called.
public struct TransportPolicy: Sendable, Hashable {
    /// Upper bound on bytes of a decompressed answer; beyond it the call fails with `answerTooLarge`.
    public var bodyBytesMax: Int
    /// `nil`: the system's.
    public var authorities: AuthorityBundle?
    /// `http://host:port` or `socks5h://host:port`.
    public var proxy: String?
    /// Whether a kept connection will not do. One that has ended unnoticed makes a transport send the request twice.
    public var needsNewConnection = false

    public init(
        bodyBytesMax: Int = 64 << 20,
        authorities: AuthorityBundle? = nil,
        proxy: String? = nil
    ) {
        self.bodyBytesMax = bodyBytesMax
        self.authorities = authorities
        self.proxy = proxy
    }
}
