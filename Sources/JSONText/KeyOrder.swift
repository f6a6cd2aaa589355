/// The keys of a list's objects in the order in which they came, each with a number that its reader has for it.
///
/// Objects of one list mostly have the same members in the same order, so each key is first looked for where it
/// stood before: to compare it there is quicker than to read it and to tell what it means.
public struct KeyOrder: Sendable {
    /// Upper bound on keys that are remembered; others are read each time.
    public static let countMax = 64
    /// What there is room for at once.
    static let usualCount = 24
    /// Keys that are looked at for the next one: objects may leave members out.
    static let lookCountMax = 3

    @usableFromInline var keys: [KnownKey] = []
    /// The place of the key that is expected next.
    @usableFromInline var next = 0
    /// Whether a key stood elsewhere than before, or found no room: then a list is better begun without an order.
    public private(set) var isUnsteady = false

    public init() {}

    /// The key that stands behind a quote here, if it is one of the next ones. `KnownKey.byteCountMax` bytes must be
    /// readable.
    @inlinable @inline(__always)
    mutating func key(at start: UnsafePointer<UInt8>) -> KnownKey? {
        guard next < keys.count, keys[next].stands(at: start) else { return laterKey(at: start) }
        next &+= 1
        return keys[next &- 1]
    }

    @usableFromInline
    mutating func laterKey(at start: UnsafePointer<UInt8>) -> KnownKey? {
        let others = keys.dropFirst(next + 1).prefix(KeyOrder.lookCountMax - 1)
        guard let place = others.firstIndex(where: { $0.stands(at: start) }) else { return nil }
        next = place + 1
        return keys[place]
    }

    /// Remembers a key that was read behind the one before `next`.
    @usableFromInline
    mutating func add(_ key: JSONKey, number: UInt8) {
        guard let known = KnownKey(key, number: number) else { return }
        if let place = keys.firstIndex(where: { $0.isSame(as: known) }) {
            next = place + 1
            isUnsteady = true
        } else if keys.count == KeyOrder.countMax {
            isUnsteady = true
        } else {
            if keys.isEmpty { keys.reserveCapacity(KeyOrder.usualCount) }
            if next == keys.count { keys.append(known) } else { keys.insert(known, at: next) }
            next += 1
        }
    }
}

/// A key, and how it is found in a text without being read.
@usableFromInline
struct KnownKey: Sendable {
    @usableFromInline let number: UInt8
    @usableFromInline let byteCount: Int
    /// As they lie in memory, zeros behind them.
    @usableFromInline let bytes: SIMD4<UInt64>
    @usableFromInline let mask: SIMD4<UInt64>

    /// Bytes behind the opening quote that are looked at for a key.
    @inlinable static var byteCountMax: Int { 32 + 2 }

    /// `nil` for a key that is not held whole, or that cannot stand in a text without escapes.
    init?(_ key: JSONKey, number: UInt8) {
        guard key.byteCount <= JSONWord.literalBytesMax else { return nil }
        var bytes = SIMD4(key.head, key.second, key.third, key.fourth)
        var mask = SIMD4<UInt64>()
        for lane in mask.indices {
            let count = min(max(key.byteCount - lane * 8, 0), 8)
            mask[lane] = ~(UInt64.max << UInt64(count * 8))
            // The bits of a byte beyond ASCII end no text.
            guard ByteLanes.textEnds(bytes[lane] | ~mask[lane]) == 0 else { return nil }
            bytes[lane] = bytes[lane].littleEndian
            mask[lane] = mask[lane].littleEndian
        }
        self.number = number
        byteCount = key.byteCount
        (self.bytes, self.mask) = (bytes, mask)
    }

    func isSame(as other: KnownKey) -> Bool {
        byteCount == other.byteCount && bytes == other.bytes
    }

    /// Whether the key stands here, and the quote and colon behind it. `byteCountMax` bytes must be readable.
    @inlinable @inline(__always)
    func stands(at start: UnsafePointer<UInt8>) -> Bool {
        let end = start + byteCount
        guard end[0] == UInt8(ascii: "\""), end[1] == UInt8(ascii: ":") else { return false }
        let text = UnsafeRawPointer(start).loadUnaligned(as: SIMD4<UInt64>.self)
        let differences = (text ^ bytes) & mask
        let halves = differences.lowHalf | differences.highHalf
        return halves[0] | halves[1] == 0
    }
}
