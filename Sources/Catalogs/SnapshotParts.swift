/// What a snapshot is made of, in the order of its rows: all that cannot be had from the rest quickly. It is moved
/// and never copied, since each copy would count some forty references.
struct SnapshotParts: ~Copyable {
    var upstream: String
    var fingerprint: UInt128
    var arrivalFingerprint: UInt128
    var rows: RowColumns
    var nativeIDs: TextTable
    var profiles: [Profile]
    /// Of a long list; a short one has them in its draft.
    var ownValues = ValueTexts()
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
    var draft: SharedDraft?
    /// What these have in common with the list that they follow.
    let same: TablesInCommon

    /// Sorts a draft. O(n log n).
    init(_ draft: SharedDraft, following earlier: Snapshot?) {
        let canBeFollowed = draft.value.canBeFollowed
        self.draft = canBeFollowed ? draft : nil
        same = TablesInCommon(draft, earlier)
        let layout = same.layout.map(RowLayout.init) ?? RowLayout(draft.value)
        upstream = draft.value.upstream
        fingerprint = draft.value.fingerprint
        arrivalFingerprint = draft.value.arrivalFingerprint
        rows = draft.value.rows.reordered(layout.order, like: same.layout)
        nativeIDs =
            same.layout?.nativeIDs.texts ?? draft.value.ids.nativeIDs.reordered(layout.order)
        // What a draft goes on with is shared with it, spare memory and all.
        profiles =
            canBeFollowed
            ? draft.value.profiles.profiles : draft.value.profiles.profiles.trimmed()
        if !canBeFollowed { ownValues = draft.value.values }
        places = draft.value.ids.places
        func texts(_ interner: TextInterner) -> TextTable {
            canBeFollowed ? interner.texts : interner.texts.trimmed()
        }
        names = texts(draft.value.names)
        descriptions = texts(draft.value.descriptions)
        labels = texts(draft.value.labels)
        figures = draft.value.figures.pairs
        tags = draft.value.tagLists.tags.texts
        tagLists = draft.value.tagLists.lists.texts
        sourceLists = draft.value.sourceLists
        raws = canBeFollowed ? draft.value.raws : draft.value.raws.finished()
        idOrder = layout.idOrder
    }

    var values: ValueTexts { draft?.value.values ?? ownValues }

    /// By `Profile.Column.rawValue`.
    func columns() -> [ValueColumn] {
        let (profiles, values, rows) = (profiles, values, rows)
        return Profile.Column.allCases.map { column in
            let byProfile = profiles.map { UInt32($0[column]) }
            return ValueColumn(
                texts: values.texts(column),
                tokens: rows.profiles.map { byProfile[Int($0)] }
            )
        }
    }
}
