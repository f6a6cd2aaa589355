internal import COpenSSL

/// A public key that checks signatures, with the one scheme it is good for.
public final class PublicKey: @unchecked Sendable {
    // Invariant: set up in `init`, only read afterwards; libcrypto counts references and locks its caches.
    private let raw: OpaquePointer
    private let scheme: Scheme

    /// A signature scheme, never chosen by what is signed.
    public enum Scheme: Sendable, Hashable {
        /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
        case rsaSHA256
        /// ECDSA on P-256 with SHA-256, `r` and `s` side by side (RFC 7518 §3.4).
        case p256SHA256
        /// Ed25519 (RFC 8032 §5.1).
        case ed25519
    }

    /// Below it numbers can be factored (NIST SP 800-131A: 2048); above it a check costs too much.
    public static let rsaBitCounts = 2_048...8_192
    /// Odd and above 2; what everybody uses is 65537.
    private static let exponentByteCountMax = 4

    private init?(_ raw: OpaquePointer?, _ scheme: Scheme) {
        guard let raw else { return nil }
        self.raw = raw
        self.scheme = scheme
    }

    /// Big-endian numbers without leading zeros; `nil` where they make no key of an allowed size.
    public convenience init?(rsaModulus: [UInt8], exponent: [UInt8]) {
        guard let first = rsaModulus.first, first != 0, (rsaModulus.last ?? 0) & 1 == 1,
            let lead = exponent.first, lead != 0, (exponent.last ?? 0) & 1 == 1,
            exponent.count <= Self.exponentByteCountMax, exponent != [1],
            Self.rsaBitCounts.contains(rsaModulus.count * 8 - first.leadingZeroBitCount)
        else { return nil }
        let raw = copenssl_rsa_key(rsaModulus, rsaModulus.count, exponent, exponent.count)
        self.init(raw, .rsaSHA256)
    }

    /// 32 bytes each; `nil` where they are no point of the curve.
    public convenience init?(p256X x: [UInt8], y: [UInt8]) {
        guard x.count == 32, y.count == 32 else { return nil }
        let point = [0x04] + x + y
        self.init(copenssl_p256_key(point, point.count), .p256SHA256)
    }

    /// 32 bytes.
    public convenience init?(ed25519 bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.init(copenssl_ed25519_key(bytes, bytes.count), .ed25519)
    }

    deinit { EVP_PKEY_free(raw) }

    /// Whether `signature` over `message` was made with the private half of this key. False for any
    /// signature of another form or length.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let (digest, check) = verification
        return check(raw, digest, signature, signature.count, message, message.count) == 1
    }

    private typealias Check =
        @convention(c) (
            OpaquePointer?, OpaquePointer?, UnsafePointer<UInt8>?, Int, UnsafePointer<UInt8>?, Int
        ) -> Int32

    private var verification: (OpaquePointer?, Check) {
        switch scheme {
        case .rsaSHA256: (Algorithm.sha256, copenssl_verify)
        case .p256SHA256: (Algorithm.sha256, copenssl_verify_p256)
        case .ed25519: (nil, copenssl_verify)
        }
    }
}
