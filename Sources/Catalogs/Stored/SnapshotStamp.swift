/// When a stored list was last seen to be what the upstream lists.
public struct SnapshotStamp: Sendable, Hashable {
    /// Goes up by one each time the stamp is renewed.
    public let number: UInt64
    /// Microseconds since 1970-01-01T00:00:00Z by the wall clock, at the end of the walk.
    public let fetched: Int64
    /// Microseconds that the walk took.
    public let latency: Int64

    static let byteCount = 40

    public init(number: UInt64, fetched: Int64, latency: Int64) {
        self.number = number
        self.fetched = fetched
        self.latency = latency
    }

    /// The bytes that renew the stamp of a stored snapshot, and the offset at which they replace others: the
    /// older stamp, never the newer one.
    public func renewal(salt: [UInt8]) -> (offset: Int, bytes: [UInt8]) {
        let place = Int(number % 2)
        return (StoredSnapshot.stampOffset + place * Self.byteCount, bytes(salt: salt))
    }

    func bytes(salt: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for word in words + check(salt) {
            withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// `nil` where the check does not hold.
    init?(_ bytes: ArraySlice<UInt8>, salt: [UInt8]) {
        let stamp = bytes.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 {
                bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self).littleEndian
            }
            return SnapshotStamp(
                number: word(0),
                fetched: Int64(bitPattern: word(1)),
                latency: Int64(bitPattern: word(2))
            )
        }
        guard stamp.bytes(salt: salt).elementsEqual(bytes) else { return nil }
        self = stamp
    }

    private var words: [UInt64] {
        [number, UInt64(bitPattern: fetched), UInt64(bitPattern: latency)]
    }

    private func check(_ salt: [UInt8]) -> [UInt64] {
        var hash = StableHash()
        hash.combine(salt.span)
        for word in words { hash.combine(word) }
        return [
            UInt64(truncatingIfNeeded: hash.value), UInt64(truncatingIfNeeded: hash.value >> 64),
        ]
    }
}
