/// Bounds of the public port.
public struct LimitsConfiguration: Sendable, Hashable {
    /// Connections at a time; more are refused.
    public var connectionsMax: Int
    /// Bytes of a request head; beyond it 431.
    public var headBytesMax: Int
    /// How long a head and its body may take in total, however they trickle; then 408.
    public var headTimeout: Duration
    /// How long a kept connection may be silent.
    public var idleTimeout: Duration
    /// How long a stopping gateway waits for requests in flight.
    public var drainTimeout: Duration
    /// Bytes of answers that wait for slow readers, all together; beyond it those are closed that are slowest.
    public var unsentBytesMax: Int
    /// Requests that wait for upstreams at a time; more are answered 503.
    public var coldRequestsMax: Int

    public init(
        connectionsMax: Int = 20_000,
        headBytesMax: Int = 16 << 10,
        headTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60),
        drainTimeout: Duration = .seconds(30),
        unsentBytesMax: Int = 256 << 20,
        coldRequestsMax: Int = 1024
    ) {
        self.connectionsMax = connectionsMax
        self.headBytesMax = headBytesMax
        self.headTimeout = headTimeout
        self.idleTimeout = idleTimeout
        self.drainTimeout = drainTimeout
        self.unsentBytesMax = unsentBytesMax
        self.coldRequestsMax = coldRequestsMax
    }
}
