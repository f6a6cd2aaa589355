public import ImageModel

/// Gathers one upstream's images page by page. Of images with the same id the first stays.
///
/// A list that is read again mostly is what it was. Where the builder knows the earlier snapshot, it holds
/// what comes against that, image by image, and as long as nothing differs it keeps nothing itself: a list
/// that came again whole ends in the same snapshot, not sorted, indexed or compressed again.
public struct SnapshotBuilder: Sendable {
    private let upstream: String
    /// The beginning of the earlier snapshot that came again; `nil` once something differed.
    private var carried: CarriedRows?
    /// The snapshot whose rows were appended last, by their arrival.
    private var source: CarriedRows?
    /// Empty as long as rows are carried.
    private var draft: SharedDraft
    /// The snapshot whose draft this one follows.
    private var followed: Snapshot?

    /// `earlier` is what this list was when it was last read.
    public init(upstream: String, earlier: Snapshot? = nil) {
        self.upstream = upstream
        draft = SharedDraft(SnapshotDraft(upstream: upstream))
        if let earlier, earlier.upstream == upstream { carried = CarriedRows(earlier) }
    }

    /// For a list of which most will come from `earlier`, by its arrivals: where that is a short one, what both
    /// have in common is not sorted or indexed again.
    public init(following earlier: Snapshot) {
        guard let last = earlier.draft else {
            self.init(upstream: earlier.upstream)
            return
        }
        self.init(SharedDraft(SnapshotDraft(following: last.value)), following: earlier)
    }

    /// For a list that is `earlier` but for some images, by their arrival, in whose places others with the same ids
    /// stand. `nil` where the ids differ, or `earlier` is not a short list.
    public init?(_ earlier: Snapshot, replacing arrivals: [Int], with images: [Image]) {
        precondition(arrivals.count == images.count, "each image stands in the place of one")
        guard var draft = earlier.draft else { return nil }
        for (index, arrival) in arrivals.enumerated() {
            guard draft.value.replace(arrival, with: images[index]), draft.value.raws.isOpen else {
                return nil
            }
        }
        self.init(draft, following: earlier)
    }

    private init(_ draft: SharedDraft, following earlier: Snapshot) {
        upstream = earlier.upstream
        self.draft = draft
        followed = earlier
    }

    /// Images gathered so far.
    public var count: Int { carried?.count ?? draft.value.count }

    /// What was gathered so far, whatever its order: the same as that of the snapshot that `finish` makes.
    /// O(1), except for the beginning of an earlier list that became shorter.
    public var fingerprint: UInt128 {
        guard let carried else { return draft.value.fingerprint }
        return carried.isWhole ? carried.snapshot.fingerprint : written().value.fingerprint
    }

    public mutating func append(_ image: Image) {
        if carried != nil {
            if carried?.skip(image) == true || carried?.contains(image) == true { return }
            stopCarrying()
        }
        draft.value.append(image, sources: 0)
    }

    /// Adds images of an earlier snapshot of this upstream, raw objects included, by the order in which they
    /// were appended to it; arrivals beyond its `count` do not exist. Nothing is decoded, and nothing at all
    /// is done as long as the list is the one that the builder knows, from its beginning on.
    public mutating func append(contentsOf snapshot: Snapshot, arrivals: Range<Int>) {
        let arrivals = arrivals.clamped(to: 0..<snapshot.count)
        if let followed, followed === snapshot, let earlier = followed.draft {
            return draft.value.append(arrivals, ofFollowed: earlier.value)
        }
        if carried?.snapshot === snapshot, carried?.skip(arrivals) == true { return }
        stopCarrying()
        if source?.snapshot !== snapshot { source = CarriedRows(snapshot) }
        guard var rows = source else { return }
        draft.value.append(arrivals, of: &rows)
        source = rows
    }

    /// Indexes what was gathered so far; the earlier snapshot itself where nothing differs from it. It reads
    /// and changes nothing, so that more images may come later, and needs no particular thread.
    /// O(n log n).
    public func finish() -> Snapshot {
        if let carried, carried.isWhole { return carried.snapshot }
        return Snapshot(written(), following: followed)
    }

    private mutating func stopCarrying() {
        if carried == nil { return }
        draft = written()
        source = carried
        carried = nil
    }

    /// The draft, with the rows that are carried so far.
    private func written() -> SharedDraft {
        guard var carried else { return draft }
        var draft = draft
        draft.value.append(0..<carried.count, of: &carried)
        return draft
    }
}
