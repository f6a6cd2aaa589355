/// The leading keys of some positions of an order, side by side: a search for a key begins here, where a
/// step costs one look at memory, and ends among the rows, where it costs several.
struct OrderSamples: Sendable {
    private static let stride = 32

    private let keys: [Key]

    /// What rows are sorted by first, as far as 24 bytes of it reach: names share their beginnings.
    struct Key: Sendable {
        let first: UInt64
        var second: UInt64 = 0
        var third: UInt64 = 0

        /// Of what is unknown, which comes last.
        static let last = Key(first: .max, second: .max, third: .max)

        static func < (left: Key, right: Key) -> Bool {
            if left.first != right.first { return left.first < right.first }
            if left.second != right.second { return left.second < right.second }
            return left.third < right.third
        }
    }

    init(rowCount: Int, key: (_ position: Int) -> Key) {
        keys = Swift.stride(from: 0, to: rowCount, by: OrderSamples.stride).map(key)
    }

    /// Positions among which the order passes the key.
    func range(around key: Key, rowCount: Int) -> Range<Int> {
        let first = keys.indices.partitionPoint { !(keys[$0] < key) }
        let last = (first..<keys.count).partitionPoint { key < keys[$0] }
        // Whatever stands at a sample that is below the key lies before, at one above it behind.
        let low = max(0, (first - 1) * OrderSamples.stride)
        return low..<min(rowCount, last * OrderSamples.stride)
    }
}
