/// What a snapshot is made of, in the order of its rows: all that cannot be had from the rest quickly.
struct SnapshotParts {
    var upstream: String
    var fingerprint: UInt128
    var arrivalFingerprint: UInt128
    var rows: RowColumns
    var nativeIDs: TextTable
    var profiles: [Profile]
    var values: ValueTexts
    /// `provider:region:` by place.
    var places: TextTable
    var names: TextTable
    var descriptions: TextTable
    var labels: TextTable
    var figures: [Figures.Pair]
    var tags: TextTable
    /// By list: the numbers of its tags, four bytes each; the first is empty.
    var tagLists: TextTable
    var sourceLists: [[String]]
    var raws: RawStore
    /// Rows by global id, bytewise.
    var idOrder: [UInt32]
    /// By name token, as `TextRanks` has them; `nil`: not known yet.
    var nameRanks: [UInt32]?
    /// What a short list is made from, for the next one; `nil` for a long one.
    var draft: SnapshotDraft?
    /// What these have in common with the list that they follow.
    var same = TablesInCommon()

    /// Sorts a draft. O(n log n).
    init(_ draft: SnapshotDraft, following earlier: Snapshot?) {
        self.draft = draft.canBeFollowed ? draft : nil
        same = TablesInCommon(draft, earlier)
        let layout = same.layout.map(RowLayout.init) ?? RowLayout(draft)
        upstream = draft.upstream
        fingerprint = draft.fingerprint
        arrivalFingerprint = draft.arrivalFingerprint
        rows = draft.rows.reordered(layout.order)
        nativeIDs =
            same.layout?.nativeIDs.texts ?? draft.ids.nativeIDs.reordered(layout.order)
        profiles = draft.profiles.profiles.trimmed()
        values = draft.values
        places = draft.ids.places
        names = draft.names.texts.trimmed()
        descriptions = draft.descriptions.texts.trimmed()
        labels = draft.labels.texts.trimmed()
        figures = draft.figures.pairs
        tags = draft.tagLists.tags.texts
        tagLists = draft.tagLists.lists.texts
        sourceLists = draft.sourceLists
        raws = draft.canBeFollowed ? draft.raws : draft.raws.finished()
        idOrder = layout.idOrder
    }

    /// By `Profile.Column.rawValue`.
    func columns() -> [ValueColumn] {
        Profile.Column.allCases.map { column in
            let byProfile = profiles.map { UInt32($0[column]) }
            return ValueColumn(
                texts: values.texts(column),
                tokens: rows.profiles.map { byProfile[Int($0)] }
            )
        }
    }
}
