public import Upstreams

/// A client that shows JSON Web Tokens: which tokens are its own.
public struct TokenClientConfiguration: Sendable, Hashable {
    /// `iss`.
    public var issuer: String
    /// `aud` must hold one of them. Never empty.
    public var audiences: [String]
    /// Where the issuer's public keys come from.
    public var keys: KeySource
    /// Names of RFC 7518 §3.1 and RFC 8037 §3.1. Never empty.
    public var algorithms: [String]
    /// `sub`; `nil`: any.
    public var subject: String?
    /// All of them must hold.
    public var claims: [Claim]
    public var clockSkew: Duration

    /// A claim and the values of which it must have one.
    public struct Claim: Sendable, Hashable {
        public var name: String
        public var anyOf: [String]

        public init(name: String, anyOf: [String]) {
            self.name = name
            self.anyOf = anyOf
        }
    }

    /// A JSON Web Key Set (RFC 7517 §5). Clients with the same source share the keys.
    public struct KeySource: Sendable, Hashable {
        public var place: Place
        /// Trusted for a URL; `nil`: the system's.
        public var authorities: AuthorityBundle?
        /// How often the keys are read again.
        public var refresh: Duration

        public enum Place: Sendable, Hashable {
            case file(String)
            case url(String)
        }

        public init(
            place: Place,
            authorities: AuthorityBundle? = nil,
            refresh: Duration = .seconds(600)
        ) {
            self.place = place
            self.authorities = authorities
            self.refresh = refresh
        }
    }

    public init(
        issuer: String,
        audiences: [String],
        keys: KeySource,
        algorithms: [String] = Self.algorithmNames,
        subject: String? = nil,
        claims: [Claim] = [],
        clockSkew: Duration = .seconds(60)
    ) {
        self.issuer = issuer
        self.audiences = audiences
        self.keys = keys
        self.algorithms = algorithms
        self.subject = subject
        self.claims = claims
        self.clockSkew = clockSkew
    }

    /// What may stand in `algorithms`.
    public static let algorithmNames = ["RS256", "ES256", "EdDSA"]
}
