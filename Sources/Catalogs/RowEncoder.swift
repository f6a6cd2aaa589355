import ImageModel

/// Writes rows as JSON objects, member by member in the order of the API, straight from the columns: a row
/// kept whole as JSON would cost more memory than everything else of it together.
struct RowEncoder {
    let fields: FieldSelection
    private(set) var bytes: [UInt8] = []

    /// The usual row is below this.
    private static let rowBytes = 700

    init(fields: FieldSelection, rowCount: Int = 1) {
        self.fields = fields
        bytes.reserveCapacity(RowEncoder.rowBytes * min(max(rowCount, 0), 100))
    }

    /// Appends one row, behind a comma unless it is the first.
    mutating func append(_ row: Int, of snapshot: Snapshot) {
        let profile = snapshot.profile(row)
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        key("{\"id\":\"")
        appendContents(snapshot.places, Int(profile.place))
        appendContents(snapshot.rows.nativeIDs, row)
        bytes.append(UInt8(ascii: "\""))
        appendIdentity(row, profile, snapshot)
        appendTraits(row, profile, snapshot)
        appendFigures(row, snapshot)
        appendLists(row, profile, snapshot)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func appendIdentity(_ row: Int, _ profile: Profile, _ snapshot: Snapshot) {
        append(.provider, ",\"provider\":", profile, snapshot)
        append(.region, ",\"region\":", profile, snapshot)
        if fields.contains(.nativeID) {
            key(",\"native_id\":")
            bytes.append(UInt8(ascii: "\""))
            appendContents(snapshot.rows.nativeIDs, row)
            bytes.append(UInt8(ascii: "\""))
        }
        if fields.contains(.name) {
            key(",\"name\":")
            snapshot.names.appendJSON(snapshot.rows.names[row], to: &bytes)
        }
        if fields.contains(.description) {
            key(",\"description\":")
            snapshot.descriptions.appendJSON(snapshot.rows.descriptions[row], to: &bytes)
        }
    }

    private mutating func appendTraits(_ row: Int, _ profile: Profile, _ snapshot: Snapshot) {
        if fields.contains(.os) {
            value(",\"os\":{\"family\":", .family, profile, snapshot)
            value(",\"distribution\":", .distribution, profile, snapshot)
            value(",\"version\":", .version, profile, snapshot)
            key(",\"label\":")
            snapshot.labels.appendJSON(snapshot.rows.labels[row], to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        append(.architecture, ",\"architecture\":", profile, snapshot)
        append(.visibility, ",\"visibility\":", profile, snapshot)
        append(.status, ",\"status\":", profile, snapshot)
        append(.bootMode, ",\"boot_mode\":", profile, snapshot)
    }

    private mutating func appendFigures(_ row: Int, _ snapshot: Snapshot) {
        number(.sizeBytes, ",\"size_bytes\":", snapshot.rows.sizeBytes[row])
        number(.minDiskGB, ",\"min_disk_gb\":", snapshot.rows.minDiskGB[row])
        number(.minRAMMB, ",\"min_ram_mb\":", snapshot.rows.minRAMMB[row])
        date(.createdAt, ",\"created_at\":", snapshot.rows.created[row])
        date(.updatedAt, ",\"updated_at\":", snapshot.rows.updated[row])
    }

    private mutating func appendLists(_ row: Int, _ profile: Profile, _ snapshot: Snapshot) {
        if fields.contains(.tags) {
            key(",\"tags\":")
            strings(snapshot.tagLists.strings(Int(snapshot.rows.tagLists[row])))
        }
        if fields.contains(.sources) {
            key(",\"sources\":")
            strings(snapshot.sourceLists[Int(profile.sources)])
        }
        if fields.contains(.raw) {
            key(",\"raw\":")
            let raw = snapshot.raws[Int(snapshot.rows.raws[row])]
            if raw.isEmpty { key("null") } else { bytes += raw }
        }
    }

    // MARK: Values

    private mutating func appendContents(_ texts: TextTable, _ index: Int) {
        JSONEncoding.appendContents(
            texts.bytes.span.extracting(texts.range(index)),
            to: &bytes
        )
    }

    private mutating func key(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }

    private mutating func append(
        _ member: FieldSelection.Member,
        _ key: StaticString,
        _ profile: Profile,
        _ snapshot: Snapshot
    ) {
        guard fields.contains(member), let column = RowEncoder.column(member) else { return }
        value(key, column, profile, snapshot)
    }

    private static func column(_ member: FieldSelection.Member) -> Profile.Column? {
        switch member {
        case .provider: .provider
        case .region: .region
        case .architecture: .architecture
        case .visibility: .visibility
        case .status: .status
        case .bootMode: .bootMode
        default: nil
        }
    }

    private mutating func value(
        _ key: StaticString,
        _ column: Profile.Column,
        _ profile: Profile,
        _ snapshot: Snapshot
    ) {
        self.key(key)
        bytes += snapshot.columns[column.rawValue].json[profile[column]]
    }

    private mutating func number(
        _ member: FieldSelection.Member,
        _ key: StaticString,
        _ stored: Int64
    ) {
        guard fields.contains(member) else { return }
        self.key(key)
        if let number = RowColumns.stated(stored) {
            JSONEncoding.append(number, to: &bytes)
        } else {
            self.key("null")
        }
    }

    private mutating func date(
        _ member: FieldSelection.Member,
        _ key: StaticString,
        _ stored: Int64
    ) {
        guard fields.contains(member) else { return }
        self.key(key)
        if let microseconds = RowColumns.stated(stored) {
            JSONEncoding.append(Timestamp(microseconds: microseconds), to: &bytes)
        } else {
            self.key("null")
        }
    }

    private mutating func strings(_ values: [String]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONEncoding.appendQuoted(value.utf8.span, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
