import ImageModel

/// Writes rows as JSON objects, member by member in the order of the API, straight from the columns: a row
/// kept whole as JSON would cost more memory than everything else of it together.
struct RowEncoder {
    private let fields: FieldSelection

    /// Bytes of a row that do not depend on it: keys, punctuation and the longest numbers and dates.
    private static let rowBytes = 400

    init(fields: FieldSelection) {
        self.fields = fields
    }

    /// The rows with commas between them.
    func encoded(_ rows: [RowAddress], of parts: [Catalog.Part]) -> [UInt8] {
        // Usually rows have no raw object in the answer, and then nothing is made for it.
        let raws = fields.contains(.raw) ? rows.map { parts[$0.part].snapshot.raw($0.row) } : []
        var bound = raws.reduce(0) { $0 + $1.count }
        for row in rows { bound += byteBound(row.row, parts[row.part].snapshot) }
        return ByteCursor.bytes(bound: bound) { cursor in
            for (index, row) in rows.enumerated() {
                if index > 0 { cursor.byte(UInt8(ascii: ",")) }
                write(row.row, parts[row.part].snapshot, to: &cursor)
                if fields.contains(.raw) { writeRaw(raws[index], to: &cursor) }
                cursor.byte(UInt8(ascii: "}"))
            }
        }
    }

    /// Bytes that the row takes at most, its raw object apart.
    private func byteBound(_ row: Int, _ snapshot: Snapshot) -> Int {
        let (columns, fragments) = (snapshot.rows, snapshot.fragments)
        let number = Int(columns.profiles[row])
        let profile = snapshot.profiles[number]
        var bound = RowEncoder.rowBytes
        bound += snapshot.placesJSON.bound(Int(profile.place))
        bound += snapshot.nativeIDs.bound(row) * 2
        bound += snapshot.names.bound(columns.names[row])
        bound += snapshot.descriptions.bound(columns.descriptions[row])
        bound += snapshot.labels.bound(columns.labels[row])
        bound += fragments.identities.range(profile.place).count
        bound += fragments.distributions.range(Int(profile.distribution)).count
        bound += fragments.versions.range(Int(profile.version)).count
        bound += fragments.traits.range(fragments.traitsOfProfiles[number]).count
        bound += fragments.sources.range(profile.sources).count
        snapshot.tagLists.forEachTag(of: columns.tagLists[row]) { tag in
            bound += snapshot.tagLists.tags.bound(tag + 1) + 3
        }
        return bound
    }

    private func write(_ row: Int, _ snapshot: Snapshot, to cursor: inout ByteCursor) {
        let number = Int(snapshot.rows.profiles[row])
        let profile = snapshot.profiles[number]
        cursor.copy("{\"id\":\"")
        snapshot.placesJSON.write(Int(profile.place), to: &cursor)
        snapshot.nativeIDs.write(row, to: &cursor)
        cursor.byte(UInt8(ascii: "\""))
        writeIdentity(row, profile, snapshot, to: &cursor)
        writeSystem(row, profile, snapshot, to: &cursor)
        write(
            snapshot.fragments.traits,
            snapshot.fragments.traitsOfProfiles[number],
            to: &cursor
        )
        writeFigures(row, snapshot, to: &cursor)
        writeLists(row, profile, snapshot, to: &cursor)
    }

    private func writeIdentity(
        _ row: Int,
        _ profile: Profile,
        _ snapshot: Snapshot,
        to cursor: inout ByteCursor
    ) {
        write(snapshot.fragments.identities, profile.place, to: &cursor)
        if fields.contains(.nativeID) {
            cursor.copy(",\"native_id\":\"")
            snapshot.nativeIDs.write(row, to: &cursor)
            cursor.byte(UInt8(ascii: "\""))
        }
        if fields.contains(.name) {
            cursor.copy(",\"name\":")
            snapshot.names.write(snapshot.rows.names[row], to: &cursor)
        }
        if fields.contains(.description) {
            cursor.copy(",\"description\":")
            snapshot.descriptions.write(snapshot.rows.descriptions[row], to: &cursor)
        }
    }

    private func writeSystem(
        _ row: Int,
        _ profile: Profile,
        _ snapshot: Snapshot,
        to cursor: inout ByteCursor
    ) {
        guard fields.contains(.os) else { return }
        let fragments = snapshot.fragments
        cursor.copy(fragments.families, Int(profile.family))
        cursor.copy(fragments.distributions, Int(profile.distribution))
        cursor.copy(fragments.versions, Int(profile.version))
        snapshot.labels.write(snapshot.rows.labels[row], to: &cursor)
        cursor.byte(UInt8(ascii: "}"))
    }

    private func writeFigures(_ row: Int, _ snapshot: Snapshot, to cursor: inout ByteCursor) {
        let columns = snapshot.rows
        if fields.contains(.sizeBytes) {
            cursor.copy(",\"size_bytes\":")
            if let size = RowColumns.stated(columns.sizeBytes[row]) {
                cursor.number(size)
            } else {
                cursor.copy("null")
            }
        }
        write(snapshot.fragments.figures, columns.figures[row], to: &cursor)
        if fields.contains(.createdAt) {
            cursor.copy(",\"created_at\":")
            writeDate(columns.created[row], to: &cursor)
        }
        if fields.contains(.updatedAt) {
            cursor.copy(",\"updated_at\":")
            writeDate(columns.updated[row], to: &cursor)
        }
    }

    private func writeLists(
        _ row: Int,
        _ profile: Profile,
        _ snapshot: Snapshot,
        to cursor: inout ByteCursor
    ) {
        if fields.contains(.tags) {
            cursor.copy(",\"tags\":[")
            var isFirst = true
            snapshot.tagLists.forEachTag(of: snapshot.rows.tagLists[row]) { tag in
                if !isFirst { cursor.byte(UInt8(ascii: ",")) }
                isFirst = false
                snapshot.tagLists.tags.write(tag + 1, to: &cursor)
            }
            cursor.byte(UInt8(ascii: "]"))
        }
        write(snapshot.fragments.sources, profile.sources, to: &cursor)
    }

    private func writeRaw(_ raw: [UInt8], to cursor: inout ByteCursor) {
        cursor.copy(",\"raw\":")
        if raw.isEmpty { cursor.copy("null") } else { cursor.copy(raw.span) }
    }

    private func writeDate(_ stored: Int64, to cursor: inout ByteCursor) {
        if let microseconds = RowColumns.stated(stored) {
            cursor.date(microseconds: microseconds)
        } else {
            cursor.copy("null")
        }
    }

    /// The members of one combination that are selected, usually all at once.
    private func write(
        _ fragments: Fragments,
        _ combination: UInt32,
        to cursor: inout ByteCursor
    ) {
        let selected = fields.intersection(fragments.selection)
        if selected == fragments.selection {
            cursor.copy(fragments.bytes.span.extracting(fragments.range(combination)))
            return
        }
        for (index, member) in fragments.members.enumerated() where selected.contains(member) {
            let range = fragments.range(combination, index)
            cursor.copy(fragments.bytes.span.extracting(range))
        }
    }
}

extension ByteCursor {
    @inline(__always)
    fileprivate mutating func copy(_ table: TextTable, _ index: Int) {
        copy(table.bytes.span.extracting(table.range(index)))
    }
}
