import ImageModel

/// The rows of a snapshot in the making, in the order of their arrival, not yet sorted or indexed.
struct SnapshotDraft: Sendable {
    /// Bytes of text, raw objects apart, that one snapshot holds; images beyond are dropped.
    static let textBytesMax = Int(UInt32.max)

    let upstream: String
    var rows = RowColumns()
    var ids = RowIDs()
    var values = ValueTexts()
    var profiles = ProfileInterner()
    var names = TextInterner()
    var descriptions = TextInterner()
    var labels = TextInterner()
    var tagLists = TagListInterner()
    var figures = FiguresInterner()
    var sourceLists: [[String]]
    var raws = RawStore()
    private(set) var fingerprint: UInt128 = 0
    private(set) var arrivalFingerprint: UInt128 = 0
    /// By arrival, of a list that is short enough to be followed by another one.
    private(set) var fingerprints: [UInt128] = []
    private var textByteCount = 0
    private var lastPlace: Place?
    private var placeNumbers: [UInt64: UInt32] = [:]

    struct Place: Sendable {
        let provider: String
        let region: String
        let providerToken: UInt32
        let regionToken: UInt32
        let number: UInt32

        /// Byte by byte: strings that only look alike are equal, too.
        func isSame(_ provider: String, _ region: String) -> Bool {
            ByteOrder.compare(self.region.utf8.span, region.utf8.span) == 0
                && ByteOrder.compare(self.provider.utf8.span, provider.utf8.span) == 0
        }
    }

    init(upstream: String) {
        self.upstream = upstream
        sourceLists = [[upstream]]
    }

    var count: Int { ids.count }

    /// The number of a list of sources, which `append` takes.
    mutating func number(of sources: [String]) -> UInt32 {
        if let known = sourceLists.firstIndex(of: sources) { return UInt32(known) }
        sourceLists.append(sources)
        return UInt32(sourceLists.count - 1)
    }

    /// Adds an image whose id is new.
    mutating func append(_ image: Image, sources: UInt32) {
        guard reserve(SnapshotDraft.textByteCount(image)) else { return }
        let place = place(image.provider, image.region)
        guard ids.append(place: place.number, image.nativeID.utf8.span) else { return }
        rows.append(row(image, place, sources, raw: UInt32(raws.count)))
        raws.append(image.rawBytes.span)
        add(Fingerprint.of(image))
    }

    mutating func row(
        _ image: Image,
        _ place: Place,
        _ sources: UInt32,
        raw: UInt32
    ) -> RowColumns.Row {
        RowColumns.Row(
            profile: profiles.number(of: profile(image, place, sources)),
            name: SnapshotDraft.number(image.name, in: &names),
            description: SnapshotDraft.number(image.description, in: &descriptions),
            label: SnapshotDraft.number(image.os.label, in: &labels),
            tagList: tagLists.number(of: image.tags),
            figures: figures.number(of: Figures.Pair(image)),
            created: RowColumns.stored(image.createdAt?.microseconds),
            updated: RowColumns.stored(image.updatedAt?.microseconds),
            sizeBytes: RowColumns.stored(image.sizeBytes),
            raw: raw
        )
    }

    /// A sum does not depend on the order of its terms, a polynomial does.
    mutating func add(_ fingerprint: UInt128) {
        self.fingerprint &+= fingerprint
        if fingerprints.count < SnapshotDraft.followedRowsMax { fingerprints.append(fingerprint) }
        arrivalFingerprint = arrivalFingerprint &* SnapshotDraft.factor &+ fingerprint
    }

    /// Of a list short enough to be followed: puts a fingerprint in the place of another one.
    mutating func replace(_ arrival: Int, with fingerprint: UInt128) {
        self.fingerprint = self.fingerprint &- fingerprints[arrival] &+ fingerprint
        fingerprints[arrival] = fingerprint
        arrivalFingerprint = fingerprints.reduce(0) { $0 &* SnapshotDraft.factor &+ $1 }
    }

    private static let factor: UInt128 = 0xDA94_2042_E4DD_58B5_9E37_79B9_7F4A_7C15

    /// Rows of a list that the next one may follow.
    static let followedRowsMax = 1_000

    /// Keeps the texts and their numbers. A list short enough to be followed has no texts worth counting.
    mutating func removeRows() {
        rows = RowColumns()
        rows.reserveCapacity(count)
        ids.removeRows()
        raws = RawStore()
        (fingerprint, arrivalFingerprint, textByteCount) = (0, 0, 0)
        fingerprints.removeAll(keepingCapacity: true)
    }

    private mutating func profile(_ image: Image, _ place: Place, _ sources: UInt32) -> Profile {
        var profile = Profile(ClosedWords(image))
        profile.provider = place.providerToken
        profile.region = place.regionToken
        profile.place = place.number
        profile.sources = sources
        if let text = image.os.distribution {
            profile.distribution = values.distribution(text.utf8.span)
        }
        if let text = image.os.version { profile.version = values.version(text.utf8.span) }
        return profile
    }

    /// Neighbours in a list mostly share their place.
    mutating func place(_ provider: String, _ region: String) -> Place {
        if let last = lastPlace, last.isSame(provider, region) { return last }
        let providerToken = values.provider(provider.utf8.span)
        let regionToken = values.region(region.utf8.span)
        let key = UInt64(providerToken) << 32 | UInt64(regionToken)
        let number = placeNumbers[key] ?? ids.addPlace(provider: provider, region: region)
        placeNumbers[key] = number
        let place = Place(
            provider: provider,
            region: region,
            providerToken: providerToken,
            regionToken: regionToken,
            number: number
        )
        lastPlace = place
        return place
    }

    /// Offsets into texts are 32 bits wide; the lower-cased copy of a text can be three times as long.
    mutating func reserve(_ byteCount: Int) -> Bool {
        guard textByteCount + byteCount * 3 <= SnapshotDraft.textBytesMax else { return false }
        textByteCount += byteCount * 3
        return true
    }

    private static func textByteCount(_ image: Image) -> Int {
        var count = image.nativeID.utf8.count + image.name.utf8.count
        count += image.provider.utf8.count + image.region.utf8.count + 2
        count += (image.description?.utf8.count ?? 0) + (image.os.label?.utf8.count ?? 0)
        for tag in image.tags { count += tag.utf8.count }
        return count
    }

    /// 0 is no text, which is not the same as a stated empty one.
    @inline(__always)
    private static func number(_ text: String?, in interner: inout TextInterner) -> UInt32 {
        guard let text else { return 0 }
        return UInt32(interner.number(of: text.utf8.span) + 1)
    }
}
