public import ImageModel

/// Gathers one upstream's images page by page. Of images with the same id the first stays.
///
/// `finish()` may be called at any time, also while more images come later: it reads and changes nothing.
public struct SnapshotBuilder: Sendable {
    /// Bytes of text, raw objects apart, that one snapshot holds; images beyond are dropped.
    static let textBytesMax = Int(UInt32.max)

    let upstream: String
    var rows = RowColumns()
    var ids = TextInterner()
    var places = TextInterner()
    var values = ValueTexts()
    var profiles: [Profile] = []
    var profileNumbers: [Profile: UInt32] = [:]
    var names = TextInterner()
    var descriptions = TextInterner()
    var labels = TextInterner()
    var nativeIDs = TextTable()
    var tagLists = TagListInterner()
    var figures = FiguresInterner()
    var sourceLists: [[String]]
    var raws = RawStore()
    var fingerprint: UInt64 = 0
    var arrivalFingerprint: UInt64 = 0
    private var textByteCount = 0

    public init(upstream: String) {
        self.upstream = upstream
        sourceLists = [[upstream]]
    }

    /// Images gathered so far.
    public var count: Int { rows.count }

    public mutating func append(_ image: Image) {
        append(image, sources: 0)
    }

    /// An image that several upstreams list.
    mutating func append(_ image: Image, sources: [String]) {
        if let known = sourceLists.firstIndex(of: sources) {
            append(image, sources: known)
        } else {
            sourceLists.append(sources)
            append(image, sources: sourceLists.count - 1)
        }
    }

    private mutating func append(_ image: Image, sources: Int) {
        guard reserve(image), ids.number(of: image.id) == rows.count else { return }
        rows.profiles.append(number(of: profile(of: image, sources: sources)))
        nativeIDs.append(image.nativeID.utf8.span)
        rows.names.append(SnapshotBuilder.number(image.name, in: &names))
        rows.descriptions.append(SnapshotBuilder.number(image.description, in: &descriptions))
        rows.labels.append(SnapshotBuilder.number(image.os.label, in: &labels))
        rows.tagLists.append(tagLists.number(of: image.tags))
        rows.created.append(RowColumns.stored(image.createdAt?.microseconds))
        rows.updated.append(RowColumns.stored(image.updatedAt?.microseconds))
        rows.sizeBytes.append(RowColumns.stored(image.sizeBytes))
        rows.figures.append(figures.number(of: Figures.Pair(image)))
        rows.raws.append(UInt32(raws.count))
        raws.append(image.raw)
        // A sum does not depend on the order of its terms, a polynomial does.
        let term = Fingerprint.of(image)
        fingerprint &+= term
        arrivalFingerprint = arrivalFingerprint &* 0x9E37_79B9_7F4A_7C15 &+ term
    }

    /// Offsets into texts are 32 bits wide; the lower-cased copy of a text can be three times as long.
    private mutating func reserve(_ image: Image) -> Bool {
        var byteCount = image.id.utf8.count + image.name.utf8.count
        byteCount += (image.description?.utf8.count ?? 0) + (image.os.label?.utf8.count ?? 0)
        byteCount += image.tags.reduce(0) { $0 + $1.utf8.count }
        guard textByteCount + byteCount * 3 <= SnapshotBuilder.textBytesMax else { return false }
        textByteCount += byteCount * 3
        return true
    }

    private mutating func profile(of image: Image, sources: Int) -> Profile {
        var profile = values.profile(of: image)
        profile.place = UInt32(places.number(of: "\(image.provider):\(image.region):"))
        profile.sources = UInt32(sources)
        return profile
    }

    private mutating func number(of profile: Profile) -> UInt32 {
        if let known = profileNumbers[profile] { return known }
        let number = UInt32(profiles.count)
        profiles.append(profile)
        profileNumbers[profile] = number
        return number
    }

    /// 0 is no text, which is not the same as a stated empty one.
    private static func number(_ text: String?, in interner: inout TextInterner) -> UInt32 {
        text.map { UInt32(interner.number(of: $0) + 1) } ?? 0
    }
}
