internal import COpenSSL

/// Digests that are slow on purpose: what they were made of is found by guessing only at their price.
public enum KeyStretching: Sendable {
    /// PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2).
    public static func pbkdf2(
        _ secret: [UInt8],
        salt: [UInt8],
        rounds: Int,
        byteCount: Int
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let result = secret.withUnsafeBytes { secret in
                PKCS5_PBKDF2_HMAC(
                    secret.bindMemory(to: CChar.self).baseAddress,
                    Int32(secret.count),
                    salt,
                    Int32(salt.count),
                    Int32(rounds),
                    Algorithm.sha256,
                    Int32(byteCount),
                    buffer.baseAddress
                )
            }
            // libcrypto fails here only when memory has run out or the library was built without the digest.
            precondition(result == 1, "libcrypto could not derive a key")
            count = byteCount
        }
    }
}
