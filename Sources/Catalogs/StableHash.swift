/// A hash that is the same in every process, unlike `Hasher`: fingerprints outlive a restart. 128 bits, sixteen
/// bytes at a time; not made to resist someone who looks for collisions.
public struct StableHash {
    private var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var high: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    public init() {}

    public var value: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// Half of the value, for tables in memory.
    public var word: UInt64 { low ^ high }

    @inline(__always)
    public mutating func combine(_ first: UInt64, _ second: UInt64) {
        let mixed = StableHash.fold(first ^ low, second ^ 0xA076_1D64_78BD_642F)
        high = StableHash.fold(second ^ high, first ^ 0xE703_7ED1_A0B4_28DB) &+ low
        low = mixed
    }

    public mutating func combine(_ word: UInt64) {
        combine(word, 0x8EBC_6AF0_9C88_C6E3)
    }

    /// The product's halves, so that every bit of either factor moves the result.
    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    /// The length goes in with the last bytes, so that neighbouring texts cannot trade any.
    public mutating func combine(_ bytes: Span<UInt8>) {
        let (raw, count) = (bytes.bytes, bytes.count)
        func load(_ offset: Int) -> UInt64 {
            raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
        }
        var offset = 0
        while count - offset > 16 {
            combine(load(offset), load(offset + 8))
            offset += 16
        }
        let rest = count - offset
        if rest >= 8 {
            combine(load(offset) ^ UInt64(count), load(count - 8))
        } else {
            var word: UInt64 = 0
            for index in offset..<count { word = word << 8 | UInt64(bytes[index]) }
            combine(word, UInt64(count))
        }
    }

    public mutating func combine(_ text: String) {
        combine(text.utf8.span)
    }

    public mutating func combine(_ text: String?) {
        if let text { combine(text) } else { combine(0) }
    }
}
