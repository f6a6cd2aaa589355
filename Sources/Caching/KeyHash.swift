/// A hash of bytes for tables that strangers fill: seeded, so that nobody can foresee which keys meet, and quick
/// on the few hundred bytes of a request. Equal hashes still want their keys compared.
public struct KeyHash: Sendable {
    private let seed: UInt64

    private static let first: UInt64 = 0xA076_1D64_78BD_642F
    private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

    public init(seed: UInt64 = .random(in: .min ... .max)) {
        self.seed = seed
    }

    public func of(_ key: Span<UInt8>) -> UInt64 {
        var hash = seed ^ UInt64(key.count)
        key.withUnsafeBytes { bytes in
            // Every load lies below `bytes.count`.
            for block in 0..<bytes.count / 16 {
                let low = bytes.loadUnaligned(fromByteOffset: block * 16, as: UInt64.self)
                let high = bytes.loadUnaligned(fromByteOffset: block * 16 + 8, as: UInt64.self)
                hash = KeyHash.folded(low ^ Self.first, high ^ hash)
            }
            let rest = KeyHash.last(bytes)
            hash = KeyHash.folded(rest.low ^ Self.second, rest.high ^ hash)
        }
        return KeyHash.folded(hash, Self.second)
    }

    /// The last sixteen bytes, some of which may have been taken before; fewer are filled up with zeros. Keys of
    /// other lengths begin with another hash.
    @inline(__always)
    private static func last(_ bytes: UnsafeRawBufferPointer) -> (low: UInt64, high: UInt64) {
        let count = bytes.count
        guard count < 16 else {
            return (
                bytes.loadUnaligned(fromByteOffset: count - 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            )
        }
        var rest = (low: UInt64(0), high: UInt64(0))
        for index in 0..<count {
            let byte = UInt64(bytes[index]) << UInt64(index % 8 * 8)
            if index < 8 { rest.low |= byte } else { rest.high |= byte }
        }
        return rest
    }

    /// Both halves of the product: every bit of the factors has a part in every bit of it.
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
