import ImageModel

extension Catalog {
    /// A row and the index of its snapshot in configuration order.
    private struct Owner {
        let snapshot: Int
        let row: Int
    }

    static func merged(_ snapshots: [Snapshot]) -> [Part] {
        let owners = sharedRows(snapshots)
        if owners.isEmpty { return snapshots.map { Part(snapshot: $0, excluded: nil) } }
        var excluded: [Int: RowSet] = [:]
        for owner in owners.joined() {
            let none = RowSet(rowCount: snapshots[owner.snapshot].count)
            excluded[owner.snapshot, default: none].insert(owner.row)
        }
        let parts = snapshots.indices.map { index in
            Part(snapshot: snapshots[index], excluded: excluded[index])
        }
        return parts + [Part(snapshot: overlay(owners, snapshots), excluded: nil, isOverlay: true)]
    }

    /// The rows of several upstreams as one each. Their raw objects stay where they are.
    private static func overlay(_ owners: [[Owner]], _ snapshots: [Snapshot]) -> Snapshot {
        var draft = SnapshotDraft(upstream: "")
        var origins: [RawOrigin] = []
        for rows in owners {
            let images = rows.map { snapshots[$0.snapshot].imageWithoutRaw($0.row) }
            let sources = draft.number(of: rows.map { snapshots[$0.snapshot].upstream })
            let first = images[0]
            draft.append(images.dropFirst().reduce(first) { $0.filled(from: $1) }, sources: sources)
            let origin = rows.first { !snapshots[$0.snapshot].isRawEmpty($0.row) } ?? rows[0]
            origins.append(RawOrigin(snapshot: snapshots[origin.snapshot], row: origin.row))
        }
        return Snapshot(SharedDraft(draft), rawOrigins: origins)
    }

    /// The rows of each id that several snapshots have, in configuration order; ids bytewise. Snapshots are
    /// read side by side in the order of their ids.
    private static func sharedRows(_ snapshots: [Snapshot]) -> [[Owner]] {
        let sharing = snapshots.indices.filter { index in
            snapshots.indices.contains { other in
                index != other && canShareIDs(snapshots[index], snapshots[other])
            }
        }
        var heads = sharing.filter { snapshots[$0].count > 0 }
            .map { Owner(snapshot: $0, row: Int(snapshots[$0].idOrder[0])) }
        var positions = [Int](repeating: 0, count: snapshots.count)
        var shared: [[Owner]] = []
        while heads.count > 1 {
            let first = firstHeads(heads, snapshots)
            if first.count > 1 { shared.append(first.map { heads[$0] }) }
            for index in first.reversed() {
                let snapshot = heads[index].snapshot
                positions[snapshot] += 1
                if positions[snapshot] < snapshots[snapshot].count {
                    let row = snapshots[snapshot].idOrder[positions[snapshot]]
                    heads[index] = Owner(snapshot: snapshot, row: Int(row))
                } else {
                    heads.remove(at: index)
                }
            }
        }
        return shared
    }

    /// Indices of the heads with the lowest id, in configuration order.
    private static func firstHeads(_ heads: [Owner], _ snapshots: [Snapshot]) -> [Int] {
        var first = [0]
        for index in heads.indices.dropFirst() {
            let (one, other) = (heads[index], heads[first[0]])
            let result = snapshots[one.snapshot]
                .compareID(one.row, snapshots[other.snapshot], other.row)
            if result < 0 { first = [index] }
            if result == 0 { first.append(index) }
        }
        return first
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
}

extension Image {
    /// This image with what it does not know taken from `other`; raw objects are not looked at.
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
        return image
    }
}
