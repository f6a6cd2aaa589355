/// The tables that a draft has in common with the snapshot that it follows: each is that snapshot, or `nil` where
/// the table is another one. Numbers of texts and combinations are only ever added, so a table with as many is
/// the same.
struct TablesInCommon {
    /// The one that is followed.
    let snapshot: Snapshot?
    /// Which are the same: what each has named by its snapshot would count a reference for each.
    private let tables: Tables

    private struct Tables: OptionSet {
        let rawValue: UInt16

        static let places = Tables(rawValue: 1)
        static let names = Tables(rawValue: 2)
        static let descriptions = Tables(rawValue: 4)
        static let labels = Tables(rawValue: 8)
        static let profiles = Tables(rawValue: 16)
        static let figures = Tables(rawValue: 32)
        static let tagLists = Tables(rawValue: 64)
        static let sources = Tables(rawValue: 128)
        static let layout = Tables(rawValue: 256)
    }

    /// Nothing.
    init() {
        (snapshot, tables) = (nil, [])
    }

    // Shared drafts, because a whole one would be copied to look at it.
    init(_ draft: SharedDraft, _ snapshot: Snapshot?) {
        guard let snapshot, let last = snapshot.draft else {
            (self.snapshot, tables) = (nil, [])
            return
        }
        var tables: Tables = []
        func note(_ table: Tables, _ count: (SharedDraft) -> Int) {
            if count(draft) == count(last) { tables.insert(table) }
        }
        note(.places) { $0.value.ids.places.count }
        note(.names) { $0.value.names.count }
        note(.descriptions) { $0.value.descriptions.count }
        note(.labels) { $0.value.labels.count }
        if draft.value.values.count == last.value.values.count {
            note(.profiles) { $0.value.profiles.profiles.count }
        }
        note(.figures) { $0.value.figures.pairs.count }
        if draft.value.tagLists.tags.count == last.value.tagLists.tags.count {
            note(.tagLists) { $0.value.tagLists.lists.count }
        }
        note(.sources) { $0.value.sourceLists.count }
        if last.value.ids.isSame(draft.value.ids),
            last.value.rows.created == draft.value.rows.created
        {
            tables.insert(.layout)
        }
        (self.snapshot, self.tables) = (snapshot, tables)
    }

    private func same(_ tables: Tables) -> Snapshot? {
        self.tables.isSuperset(of: tables) ? snapshot : nil
    }

    var places: Snapshot? { same(.places) }
    var names: Snapshot? { same(.names) }
    var descriptions: Snapshot? { same(.descriptions) }
    var labels: Snapshot? { same(.labels) }
    var fragments: Snapshot? { same([.profiles, .figures, .sources]) }
    /// Where the rows stand, too.
    var layout: Snapshot? { same(.layout) }

    /// Whose rows have the same profiles in the same order.
    func columns(_ rows: RowColumns) -> Snapshot? {
        same(.profiles).flatMap { $0.rows.profiles == rows.profiles ? $0 : nil }
    }

    func figures(_ rows: RowColumns) -> Snapshot? {
        same(.figures).flatMap { $0.rows.figures == rows.figures ? $0 : nil }
    }

    func tagLists(_ rows: RowColumns) -> Snapshot? {
        same(.tagLists).flatMap { $0.rows.tagLists == rows.tagLists ? $0 : nil }
    }
}
