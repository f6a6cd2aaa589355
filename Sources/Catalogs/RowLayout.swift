/// In which order a builder's rows are laid out: newest first, ties by global id.
struct RowLayout {
    /// Arrival index by row.
    let order: [UInt32]
    /// Rows by global id, bytewise.
    let idOrder: [UInt32]

    init(_ builder: SnapshotBuilder) {
        let byID = TextRanks.sorted(builder.ids.texts)
        let keys = builder.rows.created.map { RowSort.key($0, descending: true) }
        let order = RowSort.sorted(byID, by: keys)
        var rowOfArrival = [UInt32](repeating: 0, count: order.count)
        for (row, arrival) in order.enumerated() { rowOfArrival[Int(arrival)] = UInt32(row) }
        self.order = order
        idOrder = byID.map { rowOfArrival[Int($0)] }
    }
}
