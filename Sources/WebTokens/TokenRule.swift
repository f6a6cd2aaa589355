internal import JSONText

/// What the claims of one client's tokens say.
public struct TokenRule: Sendable, Hashable {
    /// `iss`; all texts are compared byte by byte (RFC 7519 §7.3).
    public var issuer: String
    /// `aud` must hold one of them.
    public var audiences: Set<String>
    public var algorithms: Set<SignatureAlgorithm>
    /// `sub`; `nil`: any.
    public var subject: String?
    /// All of them must hold.
    public var claims: [Claim]
    /// How far the issuer's clock and ours may be apart.
    public var clockSkew: Duration

    /// A claim of that name must be one of the values, or a list that holds one. In `scope` and `scp`, which are words
    /// side by side (RFC 8693 §4.2), one of the words must be one of the values.
    public struct Claim: Sendable, Hashable {
        public var name: String
        public var anyOf: Set<String>

        public init(name: String, anyOf: Set<String>) {
            self.name = name
            self.anyOf = anyOf
        }
    }

    public init(
        issuer: String,
        audiences: Set<String>,
        algorithms: Set<SignatureAlgorithm> = Set(SignatureAlgorithm.allCases),
        subject: String? = nil,
        claims: [Claim] = [],
        clockSkew: Duration = .seconds(60)
    ) {
        self.issuer = issuer
        self.audiences = audiences
        self.algorithms = algorithms
        self.subject = subject
        self.claims = claims
        self.clockSkew = clockSkew
    }

    /// The second after which a token, whose signature holds, opens nothing any more: `exp` and the skew.
    ///
    /// `now` is in seconds since 1970-01-01T00:00:00Z (RFC 7519 §2, NumericDate).
    /// Errors: `issuer`, `algorithm`, `noExpiry`, `oddExpiry`, `expired`, `oddBegin`, `notYetValid`, `audience`,
    /// `noClient`.
    public func check(_ token: WebToken, now: Double) throws(TokenFailure) -> Double {
        guard isMeant(token) else { throw .issuer }
        guard algorithms.contains(token.algorithm) else { throw .algorithm }
        let skew = clockSkew / .seconds(1)
        guard let expiry = try date("exp", of: token, otherwise: .oddExpiry) else {
            throw .noExpiry
        }
        guard now < expiry + skew else { throw .expired }
        if let begin = try date("nbf", of: token, otherwise: .oddBegin), now < begin - skew {
            throw .notYetValid
        }
        guard Self.isAny(of: texts(token.claims["aud"]), in: audiences) else { throw .audience }
        if let subject {
            guard let text = token.claims.text("sub"), SameBytes.areSame(text, subject) else {
                throw .noClient
            }
        }
        for claim in claims where !holds(claim, of: token) { throw .noClient }
        return expiry + skew
    }

    /// Whether the token comes from this issuer, as it says.
    public func isMeant(_ token: WebToken) -> Bool {
        token.issuer.map { SameBytes.areSame($0, issuer) } ?? false
    }

    private static func isAny(of texts: [String], in wanted: Set<String>) -> Bool {
        texts.contains { text in wanted.contains { SameBytes.areSame($0, text) } }
    }

    /// The last second of the year 9999.
    private static let dateMax = 253_402_300_799.0

    private func date(
        _ name: String,
        of token: WebToken,
        otherwise failure: TokenFailure
    ) throws(TokenFailure) -> Double? {
        guard let value = token.claims[name] else { return nil }
        guard case .number(let text) = value, let date = Double(text), date >= 0,
            date <= Self.dateMax
        else { throw failure }
        return date
    }

    private func holds(_ claim: Claim, of token: WebToken) -> Bool {
        var texts = texts(token.claims[claim.name])
        if claim.name == "scope" || claim.name == "scp" {
            texts = texts.flatMap { $0.split(separator: " ").map(String.init) }
        }
        return Self.isAny(of: texts, in: claim.anyOf)
    }

    private func texts(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.compactMap(\.stringValue)
        default: []
        }
    }
}
