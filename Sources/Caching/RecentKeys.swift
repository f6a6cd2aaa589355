/// What was lately found out about keys that come again byte for byte: a table in which each key has one place and
/// the last one to come takes it. Finding costs one pass over the key, whatever is in the table.
///
/// Owned by one loop, so it has no lock. Hashes are seeded: nobody can foresee which keys meet, nor learn a stored
/// key by trying, because keys are compared only where their hashes are equal.
///
/// Not copyable, so that a look into the table counts no reference to it; values that are not, either, are lent
/// without counting any to what they hold.
public struct RecentKeys<Value: ~Copyable>: ~Copyable {
    private var marks = [Mark](repeating: Mark(), count: placeCount)
    // Invariant: a place whose mark has a key has its bytes and its value here, no other has. Kept by `insert` and
    // `deinit`, the only ones who write. Two blocks for the life of the table: an allocation for each key, made in
    // the middle of load and kept, would hold the page around it.
    private let keys = UnsafeMutablePointer<UInt8>.allocate(capacity: placeCount * keyBytesMax)
    private let values = UnsafeMutablePointer<Value>.allocate(capacity: placeCount)
    private let keyHash = KeyHash()

    /// Longer keys are not kept. Bytes.
    public static var keyBytesMax: Int { 1_024 }
    /// A power of two.
    private static var placeCount: Int { 512 }

    private struct Mark {
        var hash: UInt64 = 0
        /// -1 where there is no key.
        var keyByteCount = -1
    }

    public init() {}

    deinit {
        for (place, mark) in marks.enumerated() where mark.keyByteCount >= 0 {
            (values + place).deinitialize(count: 1)
        }
        values.deallocate()
        keys.deallocate()
    }

    /// Runs `body` on what is known of `key`; `nil` where nothing is.
    public func withValue<Result>(of key: Span<UInt8>, _ body: (borrowing Value) -> Result)
        -> Result?
    {
        guard key.count <= Self.keyBytesMax else { return nil }
        let hash = keyHash.of(key)
        let place = place(hash)
        let mark = marks[place]
        guard mark.hash == hash, mark.keyByteCount >= 0, isSame(storedKey(place), key)
        else { return nil }
        return body(values[place])
    }

    public mutating func insert(_ value: consuming Value, of key: Span<UInt8>) {
        guard key.count <= Self.keyBytesMax else { return }
        let hash = keyHash.of(key)
        let place = place(hash)
        if marks[place].keyByteCount >= 0 {
            values[place] = value
        } else {
            (values + place).initialize(to: value)
        }
        marks[place] = Mark(hash: hash, keyByteCount: key.count)
        key.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            (keys + place * Self.keyBytesMax).update(from: base, count: bytes.count)
        }
    }

    /// As long as its mark says.
    private func storedKey(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: keys + place * Self.keyBytesMax,
            count: marks[place].keyByteCount
        )
    }

    private func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash & UInt64(Self.placeCount - 1))
    }

    /// Without an early exit, so that it is done many bytes at a time: where hashes are equal, keys are.
    private func isSame(_ stored: UnsafeBufferPointer<UInt8>, _ key: Span<UInt8>) -> Bool {
        guard stored.count == key.count else { return false }
        let (left, right) = (stored.span.bytes, key.bytes)
        let count = key.count
        guard count >= 16 else { return key.withUnsafeBufferPointer { $0.elementsEqual(stored) } }
        var difference = SIMD2<UInt64>.zero
        // Every load lies below the count, which both have. The last one takes some bytes a second time.
        for block in 0..<count / 16 {
            difference |= Self.difference(left, right, block &* 16)
        }
        difference |= Self.difference(left, right, count &- 16)
        return difference == .zero
    }

    /// Of sixteen bytes.
    @inline(__always)
    private static func difference(
        _ left: RawSpan,
        _ right: RawSpan,
        _ offset: Int
    ) -> SIMD2<UInt64> {
        left.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD2<UInt64>.self)
            ^ right.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD2<UInt64>.self)
    }
}
