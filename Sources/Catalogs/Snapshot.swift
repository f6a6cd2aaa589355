import ImageModel
import Synchronization

/// One upstream's images, immutable and indexed. Rows stand newest first (`ImageOrder.standard`), so that
/// the usual page needs no permutation.
///
/// Shared between loops: everything but the cached orders is constant, and those are behind a lock.
public final class Snapshot: Sendable {
    /// Id of the upstream that lists these images.
    public let upstream: String
    /// Images in the snapshot.
    public let count: Int
    /// The same set of images, raw objects included, has the same fingerprint whatever their order was.
    public let fingerprint: UInt64
    /// The same images in the same order of arrival have the same one.
    public let arrivalFingerprint: UInt64

    let rows: RowColumns
    let nativeIDs: JSONTexts
    /// `nil` where that changes nothing.
    let nativeIDsLowered: TextTable?
    /// Of the lower-cased native ids.
    let nativeIDAlphabet: Alphabet
    let profiles: [Profile]
    /// Rows of each profile.
    let profileCounts: [UInt32]
    /// By `Profile.Column.rawValue`.
    let columns: [ValueColumn]
    /// `provider:region:` by place.
    let places: TextTable
    let placesJSON: JSONTexts
    let names: SearchTable
    let descriptions: SearchTable
    let labels: SearchTable
    let figures: Figures
    let tagLists: TagLists
    let sourceLists: [[String]]
    let fragments: RowFragments
    let raws: RawStore
    /// Rows by global id, bytewise.
    let idOrder: [UInt32]
    /// For texts that sort: a number per token (per name) that orders like the text.
    let ranks: TextRanks
    let orders = Mutex(OrderCache())

    init(_ builder: SnapshotBuilder) {
        upstream = builder.upstream
        count = builder.count
        fingerprint = builder.fingerprint
        arrivalFingerprint = builder.arrivalFingerprint
        let profiles = builder.profiles
        self.profiles = profiles
        places = builder.places.texts
        placesJSON = JSONTexts(builder.places.texts)
        descriptions = SearchTable(builder.descriptions.texts)
        labels = SearchTable(builder.labels.texts)
        sourceLists = builder.sourceLists
        raws = builder.raws.finished()
        let names = SearchTable(builder.names.texts)
        self.names = names
        ranks = TextRanks(names: names, values: builder.values)
        let layout = RowLayout(builder)
        let rows = builder.rows.reordered(layout.order)
        self.rows = rows
        nativeIDs = JSONTexts(builder.nativeIDs.reordered(layout.order))
        let lowered = nativeIDs.texts.lowerCased()
        nativeIDAlphabet = Alphabet(lowered.bytes)
        nativeIDsLowered = lowered.bytes == nativeIDs.texts.bytes ? nil : lowered
        idOrder = layout.idOrder
        columns = Profile.Column.allCases.map { column in
            let byProfile = profiles.map { UInt32($0[column]) }
            return ValueColumn(
                texts: builder.values.texts(column),
                tokens: rows.profiles.map { byProfile[Int($0)] }
            )
        }
        figures = Figures(builder.figures.pairs, tokens: rows.figures)
        tagLists = TagLists(builder.tagLists, tokens: rows.tagLists)
        fragments = RowFragments(
            profiles: profiles,
            columns: columns,
            figures: figures,
            sources: builder.sourceLists
        )
        var counts = [UInt32](repeating: 0, count: profiles.count)
        for profile in rows.profiles { counts[Int(profile)] += 1 }
        profileCounts = counts
    }

    func profile(_ row: Int) -> Profile { profiles[Int(rows.profiles[row])] }

    func column(_ column: Profile.Column) -> ValueColumn { columns[column.rawValue] }

    func raw(_ row: Int) -> [UInt8] { raws[Int(rows.raws[row])] }

    func sources(_ row: Int) -> [String] { sourceLists[Int(profile(row).sources)] }
}

extension SnapshotBuilder {
    /// Indexes what was gathered so far. O(n log n).
    public func finish() -> Snapshot { Snapshot(self) }
}
