import ImageModel

/// The last few orders that were asked for, as permutations of the rows.
struct OrderCache: Sendable {
    /// Four bytes per row each; the oldest makes room.
    static let orderCountMax = 12

    private var entries: [(order: ImageOrder, rows: [UInt32])] = []

    func rows(_ order: ImageOrder) -> [UInt32]? {
        entries.first { $0.order == order }?.rows
    }

    mutating func insert(_ rows: [UInt32], for order: ImageOrder) {
        if self.rows(order) != nil { return }
        if entries.count == OrderCache.orderCountMax { entries.removeFirst() }
        entries.append((order, rows))
    }
}
