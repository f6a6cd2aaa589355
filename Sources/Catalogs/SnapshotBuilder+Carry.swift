import ImageModel

extension SnapshotBuilder {
    /// Takes over images of a finished snapshot, named by when they arrived there: 0 is the first one. As
    /// with any image, the first of an id stays.
    public mutating func append(contentsOf snapshot: Snapshot, arrivals: Range<Int>) {
        let arrivals = arrivals.clamped(to: 0..<snapshot.count)
        if arrivals.isEmpty { return }
        let rows = snapshot.rows(arrivals: arrivals)
        snapshot.raws.forEach(in: arrivals) { arrival, raw in
            var image = snapshot.imageWithoutRaw(Int(rows[arrival - arrivals.lowerBound]))
            image.raw = raw
            append(image)
        }
    }
}

extension Snapshot {
    /// The row of each arrival of the range. O(rows).
    fileprivate func rows(arrivals: Range<Int>) -> [UInt32] {
        var result = [UInt32](repeating: 0, count: arrivals.count)
        for row in 0..<count {
            let arrival = Int(rows.raws[row])
            if arrivals.contains(arrival) { result[arrival - arrivals.lowerBound] = UInt32(row) }
        }
        return result
    }
}
