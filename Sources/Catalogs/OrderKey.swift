import ImageModel

/// Where a walk stands: the sort values and the global id of the last row. The next page begins with the
/// first row behind it, whether that last row still exists or not.
public struct OrderKey: Sendable, Hashable {
    /// One value per term of the order.
    public let values: [OrderValue]
    public let id: [UInt8]

    init(values: [OrderValue], id: [UInt8]) {
        self.values = values
        self.id = id
    }

    static func compare(_ left: OrderKey, _ right: OrderKey, _ order: ImageOrder) -> Int {
        for (index, term) in order.terms.enumerated() {
            let result = OrderValue.compare(left.values[index], right.values[index], term)
            if result != 0 { return result }
        }
        return ByteOrder.compare(left.id, right.id)
    }
}
