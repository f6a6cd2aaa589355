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
        fill { EVP_Digest(message, message.count, $0, nil, function, nil) == 1 }
    }

    /// HMAC (RFC 2104 §2); any key length. Two digests: libcrypto's own HMAC looks its algorithms up by
    /// name on every call, which costs many times as much.
    public func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let key = key.count > Self.blockByteCount ? hash(key) : key
        return hash(padded(key, 0x5C, hash(padded(key, 0x36, message))))
    }

    /// Of both digests (FIPS 180-4 §1).
    private static let blockByteCount = 64

    private func padded(_ key: [UInt8], _ pad: UInt8, _ message: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.blockByteCount + message.count)
        for byte in key { bytes.append(byte ^ pad) }
        bytes.append(contentsOf: repeatElement(pad, count: Self.blockByteCount - key.count))
        bytes.append(contentsOf: message)
        return bytes
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
