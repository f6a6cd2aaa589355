/// The leading keys of some positions of an order, side by side: a search for a key begins here, where a
/// step costs one look at memory, and ends among the rows, where it costs several.
struct OrderSamples: Sendable {
    private static let stride = 64

    private let keys: [UInt64]

    init(rowCount: Int, key: (_ position: Int) -> UInt64) {
        keys = Swift.stride(from: 0, to: rowCount, by: OrderSamples.stride).map(key)
    }

    /// Positions among which the order passes the key.
    func range(around key: UInt64, rowCount: Int) -> Range<Int> {
        let first = firstSample { $0 >= key }
        let last = firstSample { $0 > key }
        // Whatever stands at a sample that is below the key lies before, at one above it behind.
        let low = max(0, (first - 1) * OrderSamples.stride)
        return low..<min(rowCount, last * OrderSamples.stride)
    }

    private func firstSample(where passes: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if passes(keys[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
