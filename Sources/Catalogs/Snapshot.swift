import ImageModel
import Synchronization

/// One upstream's images, immutable and indexed. Rows stand newest first (`ImageOrder.standard`), so that
/// the usual page needs no permutation.
///
/// Shared between loops: everything but the cached orders is constant, and those are behind locks.
public final class Snapshot: Sendable {
    /// Id of the upstream that lists these images.
    public let upstream: String
    /// Images in the snapshot.
    public let count: Int
    /// The same set of images, raw objects included, has the same fingerprint whatever their order was.
    public let fingerprint: UInt128
    /// The same images in the same order of arrival have the same one.
    public let arrivalFingerprint: UInt128

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
    /// By arrival, where the raw objects are those of other snapshots' rows.
    private let rawOrigins: [RawOrigin]?
    /// Rows by global id, bytewise.
    let idOrder: [UInt32]
    /// For texts that sort: a number per token (per name) that orders like the text.
    let ranks: TextRanks
    let orders = Mutex(OrderCache())
    let periods = Mutex<PeriodIndex?>(nil)

    /// Sorts and indexes a draft. O(n log n).
    convenience init(_ draft: SnapshotDraft, rawOrigins: [RawOrigin]? = nil) {
        self.init(SnapshotParts(draft), rawOrigins: rawOrigins)
    }

    /// Indexes what is sorted. O(n).
    init(_ parts: SnapshotParts, rawOrigins: [RawOrigin]? = nil) {
        self.rawOrigins = rawOrigins
        upstream = parts.upstream
        count = parts.rows.count
        fingerprint = parts.fingerprint
        arrivalFingerprint = parts.arrivalFingerprint
        let (rows, profiles) = (parts.rows, parts.profiles)
        self.rows = rows
        self.profiles = profiles
        places = parts.places
        placesJSON = JSONTexts(parts.places)
        descriptions = SearchTable(parts.descriptions)
        labels = SearchTable(parts.labels)
        sourceLists = parts.sourceLists
        raws = parts.raws
        names = SearchTable(parts.names)
        ranks = TextRanks(names: names, values: parts.values, nameRanks: parts.nameRanks)
        idOrder = parts.idOrder
        nativeIDs = JSONTexts(parts.nativeIDs)
        let lowered = parts.nativeIDs.lowerCased()
        nativeIDAlphabet = Alphabet(lowered.bytes)
        nativeIDsLowered = lowered.bytes == parts.nativeIDs.bytes ? nil : lowered
        columns = Profile.Column.allCases.map { column in
            let byProfile = profiles.map { UInt32($0[column]) }
            return ValueColumn(
                texts: parts.values.texts(column),
                tokens: rows.profiles.map { byProfile[Int($0)] }
            )
        }
        figures = Figures(parts.figures, tokens: rows.figures)
        tagLists = TagLists(tags: parts.tags, lists: parts.tagLists, tokens: rows.tagLists)
        fragments = RowFragments(
            profiles: profiles,
            columns: columns,
            figures: figures,
            sources: parts.sourceLists
        )
        var counts = [UInt32](repeating: 0, count: profiles.count)
        for profile in rows.profiles { counts[Int(profile)] += 1 }
        profileCounts = counts
    }

    /// Whether the raw objects are those of other snapshots.
    var hasForeignRaws: Bool { rawOrigins != nil }

    func profile(_ row: Int) -> Profile { profiles[Int(rows.profiles[row])] }

    func column(_ column: Profile.Column) -> ValueColumn { columns[column.rawValue] }

    func raw(_ row: Int) -> [UInt8] {
        let arrival = Int(rows.raws[row])
        guard let origin = rawOrigins?[arrival] else { return raws[arrival] }
        return origin.snapshot.raw(origin.row)
    }

    func isRawEmpty(_ row: Int) -> Bool { raws.isEmpty(Int(rows.raws[row])) }

    func sources(_ row: Int) -> [String] { sourceLists[Int(profile(row).sources)] }
}

/// The row of another snapshot that has the raw object.
struct RawOrigin: Sendable {
    let snapshot: Snapshot
    let row: Int
}
