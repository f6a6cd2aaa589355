/// The leading keys of some positions of an order, side by side: a search for a key begins here, where a
/// step costs one look at memory, and ends among the rows, where it costs several.
struct OrderSamples: Sendable {
    private static let stride = 32

    private let keys: [LeadingKey]

    init(rowCount: Int, key: (_ position: Int) -> LeadingKey) {
        keys = Swift.stride(from: 0, to: rowCount, by: OrderSamples.stride).map(key)
    }

    /// Positions among which the order passes the key.
    func range(around key: LeadingKey, rowCount: Int) -> Range<Int> {
        let first = keys.indices.partitionPoint { !(keys[$0] < key) }
        // Most keys are sampled once or not at all.
        let isPassed = first < keys.count && key < keys[first]
        let last = isPassed ? first : (first..<keys.count).partitionPoint { key < keys[$0] }
        // Whatever stands at a sample that is below the key lies before, at one above it behind.
        let low = max(0, (first - 1) * OrderSamples.stride)
        return low..<min(rowCount, last * OrderSamples.stride)
    }
}
