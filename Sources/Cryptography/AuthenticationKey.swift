/// A key for HMAC (RFC 2104 §2), made ready for many messages.
///
/// Two digests: libcrypto's own HMAC looks its algorithms up by name on every call, which costs many times
/// as much.
public struct AuthenticationKey: Sendable {
    private let digest: Digest
    private let inner: [UInt8]
    private let outer: [UInt8]

    /// Of both digests (FIPS 180-4 §1).
    private static let blockByteCount = 64

    /// Any key length.
    public init(_ key: [UInt8], _ digest: Digest = .sha256) {
        let key = key.count > Self.blockByteCount ? digest.hash(key) : key
        self.digest = digest
        inner = Self.padded(key, 0x36)
        outer = Self.padded(key, 0x5C)
    }

    /// The code of the pieces one after the other.
    public func authenticate(_ message: [UInt8]...) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.reduce(Self.blockByteCount) { $0 + $1.count })
        bytes += inner
        for piece in message { bytes += piece }
        return digest.hash(outer + digest.hash(bytes))
    }

    private static func padded(_ key: [UInt8], _ pad: UInt8) -> [UInt8] {
        key.map { $0 ^ pad } + [UInt8](repeating: pad, count: blockByteCount - key.count)
    }
}
