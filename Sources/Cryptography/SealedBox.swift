internal import COpenSSL

/// AES-256-GCM with a 12-byte nonce and a 16-byte tag (NIST SP 800-38D). A box is nonce, ciphertext, tag.
public struct SealingKey: Sendable {
    private let key: [UInt8]
    /// Separate from the key that encrypts.
    private let nonceKey: [UInt8]

    public static let keyByteCount = 32
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    /// `nil` unless the key has 32 bytes.
    public init?(_ key: [UInt8]) {
        guard key.count == Self.keyByteCount else { return nil }
        self.key = key
        self.nonceKey = Digest.sha256.authenticate("nonce", key: key)
    }

    /// Encrypts `message` and binds it to `context`, which the reader must present again.
    ///
    /// The nonce is derived from key, context and message (as in RFC 8452's idea of a synthetic one): the same
    /// input gives the same box, so answers repeat byte for byte, and no nonce ever serves two messages.
    public func seal(_ message: [UInt8], context: [UInt8]) -> [UInt8] {
        let digest = Digest.sha256.authenticate(
            Digest.sha256.hash(context) + Digest.sha256.hash(message),
            key: nonceKey
        )
        let nonce = Array(digest.prefix(Self.nonceByteCount))
        let cipher = CipherContext()
        var box = nonce + [UInt8](repeating: 0, count: message.count + Self.tagByteCount)
        var written: Int32 = 0
        let isSealed = box.withUnsafeMutableBytes { buffer -> Bool in
            guard let base = buffer.bindMemory(to: UInt8.self).baseAddress else { return false }
            let body = base + Self.nonceByteCount
            return EVP_EncryptInit_ex(cipher.raw, Algorithm.aes256GCM, nil, key, nonce) == 1
                && EVP_EncryptUpdate(cipher.raw, nil, &written, context, Int32(context.count)) == 1
                && EVP_EncryptUpdate(cipher.raw, body, &written, message, Int32(message.count)) == 1
                && EVP_EncryptFinal_ex(cipher.raw, body + message.count, &written) == 1
                && EVP_CIPHER_CTX_ctrl(
                    cipher.raw,
                    EVP_CTRL_AEAD_GET_TAG,
                    Int32(Self.tagByteCount),
                    body + message.count
                ) == 1
        }
        precondition(isSealed, "libcrypto could not encrypt with a valid key")
        return box
    }

    /// The message, or `nil` where the box, the key or the context is not the one it was sealed with.
    public func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
        let messageCount = box.count - Self.nonceByteCount - Self.tagByteCount
        guard messageCount >= 0 else { return nil }
        let nonce = Array(box.prefix(Self.nonceByteCount))
        let body = Array(box.dropFirst(Self.nonceByteCount).prefix(messageCount))
        var tag = Array(box.suffix(Self.tagByteCount))
        let cipher = CipherContext()
        var message = [UInt8](repeating: 0, count: messageCount + 1)
        var written: Int32 = 0
        let isGenuine =
            EVP_DecryptInit_ex(cipher.raw, Algorithm.aes256GCM, nil, key, nonce) == 1
            && EVP_DecryptUpdate(cipher.raw, nil, &written, context, Int32(context.count)) == 1
            && EVP_DecryptUpdate(cipher.raw, &message, &written, body, Int32(messageCount)) == 1
            && EVP_CIPHER_CTX_ctrl(
                cipher.raw,
                EVP_CTRL_AEAD_SET_TAG,
                Int32(Self.tagByteCount),
                &tag
            ) == 1
            && EVP_DecryptFinal_ex(cipher.raw, &message[messageCount], &written) == 1
        return isGenuine ? Array(message.prefix(messageCount)) : nil
    }
}

/// Frees its libcrypto context.
private final class CipherContext {
    let raw = EVP_CIPHER_CTX_new()

    deinit { EVP_CIPHER_CTX_free(raw) }
}
