/// One caller of the gateway.
public struct ClientConfiguration: Sendable, Hashable {
    /// Unique; what logs and cursors call this client.
    public var id: String
    /// What the client is known by.
    public var identity: Identity
    /// Which upstreams the client may see.
    public var upstreams: UpstreamScope
    /// `nil`: no bound.
    public var rateLimit: ClientRateLimit?

    /// What a client is known by.
    public enum Identity: Sendable, Hashable {
        /// SHA-256 of the key that the client shows; 32 bytes.
        case key(sha256: [UInt8])
        case token(TokenClientConfiguration)
        case certificate(CertificateName)
    }

    /// A name in a client certificate that an authority of `listen.tls.client_ca` signed.
    public enum CertificateName: Sendable, Hashable {
        /// The whole subject in RFC 2253 form: `CN=portal,O=Example`.
        case subject(String)
        /// One of the alternative names with its kind: `dns:portal.example`, `uri:spiffe://example/portal`.
        case alternative(String)
    }

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
        identity: Identity,
        upstreams: UpstreamScope = .all,
        rateLimit: ClientRateLimit? = nil
    ) {
        self.id = id
        self.identity = identity
        self.upstreams = upstreams
        self.rateLimit = rateLimit
    }
}
