/// One caller of the gateway.
public struct ClientConfiguration: Sendable, Hashable {
    /// Unique; what logs and cursors call this client.
    public var id: String
    /// SHA-256 of the key that the client shows; 32 bytes.
    public var keySHA256: [UInt8]
    /// Which upstreams the client may see.
    public var upstreams: UpstreamScope
    /// `nil`: no bound.
    public var rateLimit: ClientRateLimit?

    /// Which upstreams a client may see.
    public enum UpstreamScope: Sendable, Hashable {
        case all
        /// Ids of configured upstreams.
        case only(Set<String>)

        /// Whether an upstream of that id is in scope.
        public func includes(_ id: String) -> Bool {
            switch self {
            case .all: true
            case .only(let ids): ids.contains(id)
            }
        }
    }

    public init(
        id: String,
        keySHA256: [UInt8],
        upstreams: UpstreamScope = .all,
        rateLimit: ClientRateLimit? = nil
    ) {
        self.id = id
        self.keySHA256 = keySHA256
        self.upstreams = upstreams
        self.rateLimit = rateLimit
    }
}
