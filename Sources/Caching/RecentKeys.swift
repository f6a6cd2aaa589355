/// What was lately found out about keys that come again byte for byte: a table in which each key has one place and
/// the last one to come takes it. Finding costs one pass over the key, whatever is in the table.
///
/// Owned by one loop, so it has no lock. Hashes are seeded: nobody can foresee which keys meet, nor learn a stored
/// key by trying, because keys are compared only where their hashes are equal.
///
/// Not copyable, so that a look into the table counts no reference to it.
public struct RecentKeys<Value>: ~Copyable {
    private var entries = [Entry?](repeating: nil, count: placeCount)
    private let keyHash = KeyHash()

    /// Longer keys are not kept. Bytes.
    public static var keyBytesMax: Int { 1_024 }
    /// A power of two.
    private static var placeCount: Int { 512 }

    /// A class, so that a look at one entry copies none.
    private final class Entry {
        let hash: UInt64
        let key: [UInt8]
        let value: Value

        init(hash: UInt64, key: [UInt8], value: Value) {
            self.hash = hash
            self.key = key
            self.value = value
        }
    }

    public init() {}

    /// Runs `body` on what is known of `key`; `nil` where nothing is.
    public func withValue<Result>(of key: Span<UInt8>, _ body: (borrowing Value) -> Result)
        -> Result?
    {
        guard key.count <= Self.keyBytesMax else { return nil }
        let hash = keyHash.of(key)
        guard let entry = entries[place(hash)], entry.hash == hash, isSame(entry.key, key) else {
            return nil
        }
        return body(entry.value)
    }

    public mutating func insert(_ value: Value, of key: Span<UInt8>) {
        guard key.count <= Self.keyBytesMax else { return }
        let hash = keyHash.of(key)
        let bytes = key.withUnsafeBufferPointer { Array($0) }
        entries[place(hash)] = Entry(hash: hash, key: bytes, value: value)
    }

    private func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash & UInt64(Self.placeCount - 1))
    }

    /// Without an early exit, so that it is done many bytes at a time: where hashes are equal, keys are.
    private func isSame(_ stored: [UInt8], _ key: Span<UInt8>) -> Bool {
        guard stored.count == key.count else { return false }
        let (left, right) = (stored.span.bytes, key.bytes)
        var difference: UInt64 = 0
        func compare(at offset: Int) {
            difference |=
                left.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ right.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        // Every load lies below `count`, which both have.
        for word in 0..<key.count / 8 { compare(at: word * 8) }
        if key.count >= 8 {
            compare(at: key.count - 8)
        } else {
            for index in 0..<key.count { difference |= UInt64(stored[index] ^ key[index]) }
        }
        return difference == 0
    }
}
