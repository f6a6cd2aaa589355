/// Bounds of a transport that do not depend on the upstream.
public struct CurlTransportLimits: Sendable, Hashable {
    /// Upper bound on the time until a connection stands, name resolution and TLS handshake included.
    /// Exceeding it fails the call with `deadlineExceeded`.
    public var connectTimeout: Duration
    /// Upper bound on bytes of all heads of one call (interim answers and trailers included).
    /// Exceeding it fails the call with `answerTooLarge`.
    public var headBytesMax: Int
    /// Upper bound on header fields of one call, counted like `headBytesMax`.
    public var headFieldCountMax: Int
    /// Connections that each loop keeps open for the next call, over all upstreams; the oldest gives way.
    public var idleConnectionCountMax: Int
    /// Easy handles kept for the next call.
    public var idleHandleCountMax: Int

    public init(
        connectTimeout: Duration = .seconds(5),
        headBytesMax: Int = 64 << 10,
        headFieldCountMax: Int = 256,
        idleConnectionCountMax: Int = 64,
        idleHandleCountMax: Int = 16,
    ) {
        self.connectTimeout = connectTimeout
        self.headBytesMax = headBytesMax
        self.headFieldCountMax = headFieldCountMax
        self.idleConnectionCountMax = idleConnectionCountMax
        self.idleHandleCountMax = idleHandleCountMax
    }
}
