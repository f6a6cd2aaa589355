internal import COpenSSL

/// One-shot digests and keyed digests of libcrypto.
public enum Digest: Sendable {
    case sha1, sha256

    /// Bytes of the result: 20 or 32.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        }
    }

    public func hash(_ message: [UInt8]) -> [UInt8] {
        message.withUnsafeBufferPointer { hash($0) }
    }

    func hash(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        fill { EVP_Digest(message.baseAddress, message.count, $0, nil, function, nil) == 1 }
    }

    /// HMAC (RFC 2104 §2); any key length.
    public func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        AuthenticationKey(key, self).authenticate(message)
    }

    private var function: OpaquePointer? {
        switch self {
        case .sha1: Algorithm.sha1
        case .sha256: Algorithm.sha256
        }
    }

    private func fill(_ body: (UnsafeMutablePointer<UInt8>) -> Bool) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            // libcrypto fails here only when memory has run out or the library was built without the digest.
            guard let base = buffer.baseAddress, body(base) else {
                preconditionFailure("libcrypto could not compute a digest")
            }
            count = byteCount
        }
    }
}

extension Digest {
    public func hash(_ text: String) -> [UInt8] { hash(Array(text.utf8)) }

    public func authenticate(_ text: String, key: [UInt8]) -> [UInt8] {
        authenticate(Array(text.utf8), key: key)
    }
}
