import ImageModel

/// The walks over the parts of a catalog, merged: the row that comes first in the order is at hand.
///
/// The order is handed in and heads know their snapshots: what would be fetched from here for a comparison
/// would be counted, which takes longer than comparing.
struct SortedWalks {
    private let walks: [PartWalk]
    /// The heads of walks that are not at their end; the first in the order comes last.
    private var heads: [Head] = []

    private struct Head {
        let walk: Int
        /// Of the walk, which keeps it alive.
        let snapshot: Unmanaged<Snapshot>
        let row: Int
        let key: LeadingKey

        func precedes(_ other: Head, _ order: ImageOrder) -> Bool {
            if key != other.key { return key < other.key }
            let first = key.isWhole(order.terms[0]) ? 1 : 0
            return snapshot._withUnsafeGuaranteedRef { snapshot in
                other.snapshot._withUnsafeGuaranteedRef {
                    snapshot.compare(row, $0, other.row, order, from: first) < 0
                }
            }
        }
    }

    /// There are only a few walks, so each is put in its place by looking at its neighbours.
    init(_ walks: [PartWalk], _ order: ImageOrder) {
        self.walks = walks
        heads.reserveCapacity(walks.count)
        for walk in walks.indices { advance(walk, order) }
    }

    /// The next row in the order, which is that of the start; `nil` when there is none.
    mutating func next(_ order: ImageOrder) -> RowAddress? {
        guard let head = heads.popLast() else { return nil }
        advance(head.walk, order)
        return RowAddress(part: walks[head.walk].part, row: head.row)
    }

    private mutating func advance(_ index: Int, _ order: ImageOrder) {
        guard let row = walks[index].next() else { return }
        let head = Head(
            walk: index,
            snapshot: Unmanaged.passUnretained(walks[index].snapshot),
            row: row,
            key: walks[index].snapshot.leadingKey(row, order.terms[0])
        )
        var place = heads.count
        heads.append(head)
        while place > 0, heads[place - 1].precedes(head, order) {
            heads[place] = heads[place - 1]
            place -= 1
        }
        heads[place] = head
    }
}
