/// The tables that a draft has in common with the snapshot that it follows: each is that snapshot, or `nil` where
/// the table is another one. Numbers of texts and combinations are only ever added, so a table with as many is
/// the same.
struct TablesInCommon {
    /// The one that is followed.
    let snapshot: Snapshot?
    let places: Snapshot?
    let names: Snapshot?
    let descriptions: Snapshot?
    let labels: Snapshot?
    let fragments: Snapshot?
    /// Where the rows stand, too.
    let layout: Snapshot?

    private let profiles: Snapshot?
    private let pairs: Snapshot?
    private let lists: Snapshot?

    /// Nothing.
    init() {
        (snapshot, places, names, descriptions, labels) = (nil, nil, nil, nil, nil)
        (fragments, layout, profiles, pairs, lists) = (nil, nil, nil, nil, nil)
    }

    init(_ draft: SnapshotDraft, _ snapshot: Snapshot?) {
        let last = snapshot?.draft
        self.snapshot = last == nil ? nil : snapshot
        func same(_ count: (SnapshotDraft) -> Int) -> Snapshot? {
            guard let last else { return nil }
            return count(draft) == count(last.value) ? snapshot : nil
        }
        places = same { $0.ids.places.count }
        names = same { $0.names.count }
        descriptions = same { $0.descriptions.count }
        labels = same { $0.labels.count }
        let values = same { $0.values.count }
        profiles = values == nil ? nil : same { $0.profiles.profiles.count }
        pairs = same { $0.figures.pairs.count }
        lists = same { $0.tagLists.tags.count } == nil ? nil : same { $0.tagLists.lists.count }
        fragments = profiles == nil || pairs == nil ? nil : same { $0.sourceLists.count }
        let isSameOrder =
            last.map {
                $0.value.ids.isSame(draft.ids) && $0.value.rows.created == draft.rows.created
            } ?? false
        layout = isSameOrder ? snapshot : nil
    }

    /// Whose rows have the same profiles in the same order.
    func columns(_ rows: RowColumns) -> Snapshot? {
        profiles?.rows.profiles == rows.profiles ? profiles : nil
    }

    func figures(_ rows: RowColumns) -> Snapshot? {
        pairs?.rows.figures == rows.figures ? pairs : nil
    }

    func tagLists(_ rows: RowColumns) -> Snapshot? {
        lists?.rows.tagLists == rows.tagLists ? lists : nil
    }
}
