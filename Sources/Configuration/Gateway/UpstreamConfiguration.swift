public import Upstreams

/// One configured upstream: what its adapter needs and how the gateway treats it.
public struct UpstreamConfiguration: Sendable, Hashable {
    /// Identity, address and credentials.
    public var settings: UpstreamSettings
    /// Windows, bounds, retries.
    public var policy: UpstreamPolicy

    /// Unique among the upstreams.
    public var id: String { settings.id }

    public init(
        settings: UpstreamSettings,
        policy: UpstreamPolicy
    ) {
        self.settings = settings
        self.policy = policy
    }
}
