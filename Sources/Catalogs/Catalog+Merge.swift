import ImageModel

extension Catalog {
    /// A row and the index of its snapshot in configuration order.
    private struct Owner: Hashable {
        let snapshot: Int
        let row: Int
    }

    static func merged(_ snapshots: [Snapshot]) -> [Part] {
        let owners = sharedRows(snapshots)
        if owners.isEmpty { return snapshots.map { Part(snapshot: $0, excluded: nil) } }
        var excluded: [Int: RowSet] = [:]
        var overlay = SnapshotBuilder(upstream: "")
        for rows in owners {
            for owner in rows {
                let none = RowSet(rowCount: snapshots[owner.snapshot].count)
                excluded[owner.snapshot, default: none].insert(owner.row)
            }
            let images = rows.map { snapshots[$0.snapshot].image($0.row) }
            overlay.append(
                images.dropFirst().reduce(images[0]) { $0.filled(from: $1) },
                sources: rows.map { snapshots[$0.snapshot].upstream }
            )
        }
        let parts = snapshots.indices.map { index in
            Part(snapshot: snapshots[index], excluded: excluded[index])
        }
        return parts + [Part(snapshot: overlay.finish(), excluded: nil, isOverlay: true)]
    }

    /// The rows of each id that several snapshots have, in configuration order; ids bytewise.
    private static func sharedRows(_ snapshots: [Snapshot]) -> [[Owner]] {
        var owners: [[UInt8]: Set<Owner>] = [:]
        for right in snapshots.indices {
            for left in 0..<right where canShareIDs(snapshots[left], snapshots[right]) {
                forEachShared(snapshots[left], snapshots[right]) { leftRow, rightRow in
                    owners[snapshots[left].idBytes(leftRow), default: []].formUnion([
                        Owner(snapshot: left, row: leftRow), Owner(snapshot: right, row: rightRow),
                    ])
                }
            }
        }
        return owners.sorted { ByteOrder.compare($0.key, $1.key) < 0 }.map { entry in
            entry.value.sorted { $0.snapshot < $1.snapshot }
        }
    }

    /// Ids can only be equal when one of the places begins the other: a region may hold a colon.
    private static func canShareIDs(_ left: Snapshot, _ right: Snapshot) -> Bool {
        (0..<left.places.count).contains { leftPlace in
            (0..<right.places.count).contains { rightPlace in
                let (one, other) = (left.places[leftPlace], right.places[rightPlace])
                return one.starts(with: other) || other.starts(with: one)
            }
        }
    }

    private static func forEachShared(
        _ left: Snapshot,
        _ right: Snapshot,
        _ body: (_ leftRow: Int, _ rightRow: Int) -> Void
    ) {
        var (leftIndex, rightIndex) = (0, 0)
        while leftIndex < left.count, rightIndex < right.count {
            let leftRow = Int(left.idOrder[leftIndex])
            let rightRow = Int(right.idOrder[rightIndex])
            let result = left.compareID(leftRow, right, rightRow)
            if result == 0 { body(leftRow, rightRow) }
            if result <= 0 { leftIndex += 1 }
            if result >= 0 { rightIndex += 1 }
        }
    }
}

extension Image {
    /// This image with what it does not know taken from `other`.
    func filled(from other: Image) -> Image {
        var image = self
        if image.name.isEmpty { image.name = other.name }
        image.description = description ?? other.description
        if os.family == .unknown { image.os.family = other.os.family }
        image.os.distribution = os.distribution ?? other.os.distribution
        image.os.version = os.version ?? other.os.version
        image.os.label = os.label ?? other.os.label
        if architecture == .unknown { image.architecture = other.architecture }
        image.visibility = visibility ?? other.visibility
        image.status = status ?? other.status
        image.bootMode = bootMode ?? other.bootMode
        image.sizeBytes = sizeBytes ?? other.sizeBytes
        image.minDiskGB = minDiskGB ?? other.minDiskGB
        image.minRAMMB = minRAMMB ?? other.minRAMMB
        image.createdAt = createdAt ?? other.createdAt
        image.updatedAt = updatedAt ?? other.updatedAt
        if tags.isEmpty { image.tags = other.tags }
        if raw.isEmpty { image.raw = other.raw }
        return image
    }
}
