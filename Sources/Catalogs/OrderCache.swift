import ImageModel

/// The last few orders that were asked for.
struct OrderCache: Sendable {
    /// Four bytes per row each, eight with positions; the oldest makes room.
    static let orderCountMax = 12

    private var entries: [(order: ImageOrder, rows: OrderedRows)] = []

    subscript(order: ImageOrder) -> OrderedRows? {
        entries.first { $0.order == order }?.rows
    }

    mutating func insert(_ rows: OrderedRows, for order: ImageOrder) {
        if let index = entries.firstIndex(where: { $0.order == order }) {
            entries[index].rows = rows
            return
        }
        if entries.count == OrderCache.orderCountMax { entries.removeFirst() }
        entries.append((order, rows))
    }
}
