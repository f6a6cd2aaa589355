internal import COpenSSL
internal import Synchronization

/// AES-256-GCM with a 12-byte nonce and a 16-byte tag (NIST SP 800-38D). A box is nonce, ciphertext, tag.
public struct SealingKey: Sendable {
    private let key: [UInt8]
    /// Separate from the key that encrypts.
    private let nonceKey: AuthenticationKey
    private let sealers: IdleCiphers

    public static let keyByteCount = 32
    /// A box has that many bytes more than its message.
    public static let boxExcessByteCount = nonceByteCount + tagByteCount
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    /// `nil` unless the key has 32 bytes.
    public init?(_ key: [UInt8]) {
        guard key.count == Self.keyByteCount else { return nil }
        self.key = key
        self.nonceKey = AuthenticationKey(Digest.sha256.authenticate("nonce", key: key))
        self.sealers = IdleCiphers(key)
    }

    /// Encrypts `message` and binds it to `context`, which the reader must present again.
    ///
    /// The nonce is derived from key, context and message (as in RFC 8452's idea of a synthetic one): the same
    /// input gives the same box, so answers repeat byte for byte, and no nonce ever serves two messages.
    public func seal(_ message: [UInt8], context: [UInt8]) -> [UInt8] {
        // The length of the context leads it: no other pair of context and message is the same bytes.
        let digest = nonceKey.authenticate(Self.bytes(context.count), context, message)
        let nonce = digest.prefix(Self.nonceByteCount)
        let cipher = sealers.take()
        defer { sealers.giveBack(cipher) }
        var box: [UInt8] = []
        box.reserveCapacity(nonce.count + message.count + Self.tagByteCount)
        box += nonce
        box += message
        box += repeatElement(0, count: Self.tagByteCount)
        var written: Int32 = 0
        let isSealed = box.withUnsafeMutableBytes { buffer -> Bool in
            guard let base = buffer.bindMemory(to: UInt8.self).baseAddress else { return false }
            let body = base + Self.nonceByteCount
            // The key is known to the context; the message is encrypted in place, which GCM allows.
            return EVP_EncryptInit_ex(cipher.raw, nil, nil, nil, base) == 1
                && EVP_EncryptUpdate(cipher.raw, nil, &written, context, Int32(context.count)) == 1
                && EVP_EncryptUpdate(cipher.raw, body, &written, body, Int32(message.count)) == 1
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

    private static func bytes(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(count).bigEndian) { Array($0) }
    }

    /// The message, or `nil` where the box, the key or the context is not the one it was sealed with.
    public func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
        let messageCount = box.count - Self.boxExcessByteCount
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

/// Contexts that have the key scheduled and wait for a nonce: making one costs as much as what a cursor takes
/// to encrypt. As many as ever sealed at the same time.
private final class IdleCiphers: Sendable {
    private let key: [UInt8]
    private let idle = Mutex<[CipherContext]>([])

    init(_ key: [UInt8]) {
        self.key = key
    }

    func take() -> CipherContext {
        if let known = idle.withLock({ $0.popLast() }) { return known }
        let cipher = CipherContext()
        let isReady = EVP_EncryptInit_ex(cipher.raw, Algorithm.aes256GCM, nil, key, nil) == 1
        precondition(isReady, "libcrypto could not take a key of the right length")
        return cipher
    }

    func giveBack(_ cipher: CipherContext) {
        idle.withLock { $0.append(cipher) }
    }
}

/// Frees its libcrypto context. Sendable, since whoever has taken it from `IdleCiphers` has it alone.
private final class CipherContext: @unchecked Sendable {
    let raw = EVP_CIPHER_CTX_new()

    deinit { EVP_CIPHER_CTX_free(raw) }
}
