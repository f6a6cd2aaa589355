/// When a certificate is valid, both in seconds since 1970-01-01T00:00:00Z (RFC 5280 §4.1.2.5).
public struct CertificateValidity: Sendable, Hashable {
    public var begin: Int64
    public var end: Int64

    public init(begin: Int64, end: Int64) {
        self.begin = begin
        self.end = end
    }
}
