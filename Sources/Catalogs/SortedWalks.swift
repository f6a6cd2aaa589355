import ImageModel

/// The walks over the parts of a catalog, merged: the row that comes first in the order is at hand.
struct SortedWalks {
    private let order: ImageOrder
    private let walks: [PartWalk]
    /// Of the walks, which keep them alive: counting references took as long as the comparisons.
    private let snapshots: [Unmanaged<Snapshot>]
    /// The heads of walks that are not at their end; the first in the order comes last.
    private var heads: [Head] = []

    private struct Head {
        let walk: Int
        let row: Int
        /// `Snapshot.leadingKey` of the row.
        let key: UInt64
    }

    /// There are only a few walks, so each is put in its place by looking at its neighbours.
    init(_ walks: [PartWalk], _ order: ImageOrder) {
        self.walks = walks
        snapshots = walks.map { Unmanaged.passUnretained($0.snapshot) }
        self.order = order
        heads.reserveCapacity(walks.count)
        for walk in walks.indices { advance(walk) }
    }

    /// The next row in the order; `nil` when there is none.
    mutating func next() -> RowAddress? {
        guard let head = heads.popLast() else { return nil }
        advance(head.walk)
        return RowAddress(part: walks[head.walk].part, row: head.row)
    }

    private mutating func advance(_ walk: Int) {
        guard let row = walks[walk].next() else { return }
        let key = snapshots[walk]._withUnsafeGuaranteedRef { $0.leadingKey(row, order.terms[0]) }
        let head = Head(walk: walk, row: row, key: key)
        var place = heads.count
        heads.append(head)
        while place > 0, precedes(heads[place - 1], head) {
            heads[place] = heads[place - 1]
            place -= 1
        }
        heads[place] = head
    }

    private func precedes(_ left: Head, _ right: Head) -> Bool {
        if left.key != right.key { return left.key < right.key }
        return snapshots[left.walk]._withUnsafeGuaranteedRef { snapshot in
            snapshots[right.walk]._withUnsafeGuaranteedRef { other in
                snapshot.compare(left.row, other, right.row, order) < 0
            }
        }
    }
}
