/// Why a token opens nothing. The texts are fixed: none holds a part of the token or of the configuration.
public enum TokenFailure: Error, Sendable, Hashable, CaseIterable {
    case tooLarge
    case malformed
    case wrongType
    case algorithm
    case critical
    /// `iss` is no text.
    case oddIssuer
    /// `sub` is no text.
    case oddSubject
    case issuer
    /// The keys at hand know no such key; newer ones may.
    case unknownKey
    case signature
    case noExpiry
    /// `exp` is no time.
    case oddExpiry
    case expired
    /// `nbf` is no time.
    case oddBegin
    case notYetValid
    case audience
    case noClient

    /// For people; ends the sentence "the token …".
    public var reason: String {
        switch self {
        case .tooLarge: "is longer than \(WebToken.byteCountMax) bytes"
        case .malformed: "is no JSON Web Token in compact form"
        case .wrongType: "is of a type (typ) that is no access token"
        case .algorithm: "is signed with an algorithm (alg) that is not accepted"
        case .critical: "demands extensions (crit) that are not understood"
        case .oddIssuer: "has an issuer (iss) that is no text"
        case .oddSubject: "has a subject (sub) that is no text"
        case .issuer: "comes from an issuer (iss) that is not accepted"
        case .unknownKey: "is signed with a key (kid) that its issuer does not publish"
        case .signature: "has a signature that does not fit"
        case .noExpiry: "does not say when it expires (exp)"
        case .oddExpiry: "has an expiry (exp) that is no time in seconds since 1970"
        case .expired: "has expired (exp)"
        case .oddBegin: "has a begin (nbf) that is no time in seconds since 1970"
        case .notYetValid: "is not valid yet (nbf)"
        case .audience: "is meant for another audience (aud)"
        case .noClient: "has a subject (sub) or claims that no client here has"
        }
    }
}
