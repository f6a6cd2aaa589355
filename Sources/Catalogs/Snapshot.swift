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
    /// What a short list was made from, for the next one; `nil` for a long one.
    let draft: SharedDraft?
    /// By arrival, where the raw objects are those of other snapshots' rows.
    private let rawOrigins: [RawOrigin]?
    /// Rows by global id, bytewise.
    let idOrder: [UInt32]
    /// `nil` for a short list as long as nobody asks for an order by text.
    private let knownRanks: Mutex<TextRanks?>
    let orders = Mutex(OrderCache())
    let periods = Mutex<PeriodIndex?>(nil)
    /// `nil` for a short list as long as nobody searches it.
    let searched: Mutex<SearchedRows?>

    /// Sorts and indexes a draft, and takes over what it has in common with the list that it follows.
    /// O(n log n).
    convenience init(
        _ draft: SharedDraft,
        rawOrigins: [RawOrigin]? = nil,
        following earlier: Snapshot? = nil
    ) {
        self.init(SnapshotParts(draft, following: earlier), rawOrigins: rawOrigins)
    }

    /// Indexes what is sorted. O(n).
    init(_ parts: borrowing SnapshotParts, rawOrigins: [RawOrigin]? = nil) {
        self.rawOrigins = rawOrigins
        upstream = parts.upstream
        count = parts.rows.count
        fingerprint = parts.fingerprint
        arrivalFingerprint = parts.arrivalFingerprint
        draft = parts.draft
        rows = parts.rows
        profiles = parts.profiles
        places = parts.places
        placesJSON = parts.same.places?.placesJSON ?? JSONTexts(parts.places)
        let last = parts.same.snapshot
        descriptions =
            parts.same.descriptions?.descriptions
            ?? SearchTable(parts.descriptions, after: last?.descriptions)
        labels = parts.same.labels?.labels ?? SearchTable(parts.labels, after: last?.labels)
        names = parts.same.names?.names ?? SearchTable(parts.names, after: last?.names)
        sourceLists = parts.sourceLists
        raws = parts.raws
        knownRanks = Mutex(
            parts.draft == nil
                ? TextRanks(names: names, values: parts.values, nameRanks: parts.nameRanks) : nil
        )
        searched = Mutex(
            parts.draft == nil
                ? SearchedRows(
                    parts.rows,
                    names: names.count,
                    descriptions: descriptions.count,
                    labels: labels.count
                ) : nil
        )
        idOrder = parts.idOrder
        nativeIDs = parts.same.layout?.nativeIDs ?? JSONTexts(parts.nativeIDs)
        if let other = parts.same.layout {
            (nativeIDsLowered, nativeIDAlphabet) = (other.nativeIDsLowered, other.nativeIDAlphabet)
        } else {
            let lowered = parts.nativeIDs.lowerCased()
            nativeIDAlphabet = Alphabet(lowered.bytes)
            nativeIDsLowered = lowered.bytes == parts.nativeIDs.bytes ? nil : lowered
        }
        let sameColumns = parts.same.columns(parts.rows)
        columns = sameColumns?.columns ?? parts.columns()
        profileCounts =
            sameColumns?.profileCounts ?? parts.rows.counts(ofProfiles: parts.profiles.count)
        figures =
            parts.same.figures(parts.rows)?.figures
            ?? Figures(parts.figures, tokens: parts.rows.figures)
        tagLists =
            parts.same.tagLists(parts.rows)?.tagLists
            ?? TagLists(tags: parts.tags, lists: parts.tagLists, tokens: parts.rows.tagLists)
        fragments =
            parts.same.fragments?.fragments
            ?? RowFragments(
                profiles: profiles,
                columns: columns,
                figures: figures,
                sources: parts.sourceLists
            )
    }

    /// For texts that sort: a number per token (per name) that orders like the text.
    var ranks: TextRanks {
        knownRanks.withLock { known in
            let values = draft?.value.values ?? ValueTexts()
            let ranks = known ?? TextRanks(names: names, values: values)
            known = ranks
            return ranks
        }
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
