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
            var offset = 0
            // Every load lies below `bytes.count`, by the bounds of the loops.
            while offset + 16 <= bytes.count {
                let low = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let high = bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
                hash = KeyHash.folded(low ^ Self.first, high ^ hash)
                offset += 16
            }
            var rest = (low: UInt64(0), high: UInt64(0))
            for index in offset..<bytes.count {
                let shift = UInt64((index - offset) % 8 * 8)
                if index - offset < 8 {
                    rest.low |= UInt64(bytes[index]) << shift
                } else {
                    rest.high |= UInt64(bytes[index]) << shift
                }
            }
            hash = KeyHash.folded(rest.low ^ Self.second, rest.high ^ hash)
        }
        return KeyHash.folded(hash, Self.second)
    }

    /// Both halves of the product: every bit of the factors has a part in every bit of it.
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}
