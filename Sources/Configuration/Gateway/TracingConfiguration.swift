public import Observability
public import Upstreams

/// Where traces go.
public struct TracingConfiguration: Sendable, Hashable {
    /// OTLP over HTTP, the whole address: `http://127.0.0.1:4318/v1/traces`.
    public var endpoint: String
    /// Share of the traces beginning here that are recorded, 0 to 1. A caller's trace keeps the caller's decision.
    public var sampleRatio: Double
    /// What the collector is shown with each export, in order.
    public var headers: [Header]
    /// `service.name` of the resource.
    public var serviceName: String
    /// `nil`: the system's.
    public var authorities: AuthorityBundle?

    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: Redacted<String>

        public init(name: String, value: Redacted<String>) {
            self.name = name
            self.value = value
        }
    }

    public init(
        endpoint: String,
        sampleRatio: Double = 0.01,
        headers: [Header] = [],
        serviceName: String = "image-gateway",
        authorities: AuthorityBundle? = nil
    ) {
        self.endpoint = endpoint
        self.sampleRatio = sampleRatio
        self.headers = headers
        self.serviceName = serviceName
        self.authorities = authorities
    }
}
