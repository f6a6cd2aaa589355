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
        let byteCount = message.reduce(Self.blockByteCount) { $0 + $1.count }
        let hash = Self.joined(inner, message, byteCount) { digest.hash($0) }
        return Self.joined(outer, [hash], Self.blockByteCount + hash.count) { digest.hash($0) }
    }

    /// The pieces one after the other, on the stack where they are short.
    private static func joined<Result>(
        _ first: [UInt8],
        _ rest: [[UInt8]],
        _ byteCount: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: byteCount) { bytes in
            var end = bytes[...].initialize(fromContentsOf: first)
            for piece in rest { end = bytes[end...].initialize(fromContentsOf: piece) }
            return body(UnsafeBufferPointer(rebasing: bytes[..<end]))
        }
    }

    private static func padded(_ key: [UInt8], _ pad: UInt8) -> [UInt8] {
        key.map { $0 ^ pad } + [UInt8](repeating: pad, count: blockByteCount - key.count)
    }
}
