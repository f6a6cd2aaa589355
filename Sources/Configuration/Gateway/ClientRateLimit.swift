/// A token bucket.
public struct ClientRateLimit: Sendable, Hashable {
    /// How fast it fills.
    public var requestsPerSecond: Double
    /// How much it holds, in requests.
    public var burst: Int

    public init(
        requestsPerSecond: Double,
        burst: Int
    ) {
        self.requestsPerSecond = requestsPerSecond
        self.burst = burst
    }
}
