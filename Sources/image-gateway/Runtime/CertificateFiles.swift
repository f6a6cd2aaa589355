internal import Configuration
internal import Cryptography

/// What the certificate files of a listener hold, so that a reload can tell whether they were renewed.
struct CertificateFiles: Equatable {
    /// By file; `nil` where it cannot be read.
    private let hashes: [[UInt8]?]

    init(_ tls: TLSConfiguration?) {
        let paths = tls.map { [$0.certificate, $0.key] + [$0.clientCA].compactMap(\.self) } ?? []
        hashes = paths.map { path in
            (try? ConfigurationFiles.contents(of: path)).map { Digest.sha256.hash($0) }
        }
    }
}
