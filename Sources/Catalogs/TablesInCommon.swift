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

    // Shared drafts, because a whole one would be copied to look at it.
    init(_ draft: SharedDraft, _ snapshot: Snapshot?) {
        let last = snapshot?.draft
        self.snapshot = last == nil ? nil : snapshot
        func same(_ count: (SharedDraft) -> Int) -> Snapshot? {
            guard let last else { return nil }
            return count(draft) == count(last) ? snapshot : nil
        }
        places = same { $0.value.ids.places.count }
        names = same { $0.value.names.count }
        descriptions = same { $0.value.descriptions.count }
        labels = same { $0.value.labels.count }
        let values = same { $0.value.values.count }
        profiles = values == nil ? nil : same { $0.value.profiles.profiles.count }
        pairs = same { $0.value.figures.pairs.count }
        let tags = same { $0.value.tagLists.tags.count }
        lists = tags == nil ? nil : same { $0.value.tagLists.lists.count }
        fragments = profiles == nil || pairs == nil ? nil : same { $0.value.sourceLists.count }
        let isSameOrder =
            last.map {
                $0.value.ids.isSame(draft.value.ids)
                    && $0.value.rows.created == draft.value.rows.created
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
