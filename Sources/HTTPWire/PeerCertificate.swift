/// A verified client certificate. One object for all requests of a connection, so that handing it on costs a count.
public final class PeerCertificate: Sendable, Hashable {
    /// In RFC 2253 form: `CN=portal,O=Example`.
    public let subject: String
    /// With their kind: `dns:portal.example` (lower case), `uri:spiffe://example/portal`, `email:a@example`.
    public let alternativeNames: [String]
    /// SHA-256 of the whole certificate; 32 bytes.
    public let fingerprint: [UInt8]
    /// Seconds since 1970-01-01T00:00:00Z; it is good until then.
    public let expires: Int64

    public init(subject: String, alternativeNames: [String], fingerprint: [UInt8], expires: Int64) {
        self.subject = subject
        self.alternativeNames = alternativeNames
        self.fingerprint = fingerprint
        self.expires = expires
    }

    public static func == (left: PeerCertificate, right: PeerCertificate) -> Bool {
        left.fingerprint == right.fingerprint
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
