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
}
