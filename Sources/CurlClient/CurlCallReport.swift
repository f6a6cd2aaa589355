public import Upstreams

/// What one call cost, whether it succeeded or not. Carries no URL, field or body: nothing secret.
public struct CurlCallReport: Sendable, Hashable {
    /// The answer's status; `nil` without a complete head.
    public var status: Int?
    /// Why there is no answer; `nil` for an answer.
    public var failure: UpstreamError.Code?
    /// How often the request was sent: 0 where no connection came about, 2 where it was lost on a kept connection and
    /// libcurl sent it once more.
    public var sendCount: Int
    /// Bytes of the request: head and body, TLS not counted.
    public var sentBytes: Int
    /// Bytes of the answer as they came over the wire: head and compressed body.
    public var receivedBytes: Int
    /// Bytes of the body after decompression.
    public var bodyBytes: Int
    /// Since the start of the call; zero where the phase was not reached or not needed.
    public var nameResolved: Duration
    /// Since the start of the call; zero on a reused connection.
    public var connected: Duration
    /// Since the start of the call; zero without TLS and on a reused connection.
    public var secured: Duration
    /// Since the start of the call; zero where no byte came.
    public var firstByte: Duration
    public var total: Duration
    public var isConnectionReused: Bool
    public var protocolVersion: ProtocolVersion

    public enum ProtocolVersion: String, Sendable, Hashable, CaseIterable {
        case http10 = "1.0"
        case http11 = "1.1"
        case http2 = "2"
        case unknown
    }
}
