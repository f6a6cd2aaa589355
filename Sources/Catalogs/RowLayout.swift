/// In which order a draft's rows are laid out: newest first, ties by global id.
struct RowLayout {
    /// Arrival index by row.
    let order: [UInt32]
    /// Rows by global id, bytewise.
    let idOrder: [UInt32]

    /// That of a snapshot whose rows arrived in the same order.
    init(_ snapshot: Snapshot) {
        order = snapshot.rows.raws
        idOrder = snapshot.idOrder
    }

    init(_ draft: SnapshotDraft) {
        let byID = TextSort.sorted(draft.ids.texts())
        let keys = draft.rows.created.map { RowSort.key($0, descending: true) }
        let order = RowSort.sorted(byID, by: keys)
        var rowOfArrival = [UInt32](repeating: 0, count: order.count)
        for (row, arrival) in order.enumerated() { rowOfArrival[Int(arrival)] = UInt32(row) }
        self.order = order
        idOrder = byID.map { rowOfArrival[Int($0)] }
    }
}
