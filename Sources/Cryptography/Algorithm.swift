internal import COpenSSL

/// libcrypto's algorithms, looked up once. What names them by `EVP_sha256()` and the like has them looked up
/// anew on every call, under a lock, for some microseconds.
/// Source: OpenSSL 3, crypto(7), "Explicit fetching" and "Performance".
enum Algorithm {
    // Invariant: what is fetched is immutable, counted by libcrypto and freed by nobody, so threads share it.
    nonisolated(unsafe) static let sha1 = EVP_MD_fetch(nil, "SHA1", nil)
    // Invariant: as above.
    nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
    // Invariant: as above.
    nonisolated(unsafe) static let aes256GCM = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
}
