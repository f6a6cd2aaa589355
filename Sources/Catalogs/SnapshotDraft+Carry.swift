import ImageModel

extension SnapshotDraft {
    /// Adds rows of an earlier snapshot, raw objects included, whose ids are new.
    mutating func append(_ arrivals: Range<Int>, of carried: inout CarriedRows) {
        for arrival in arrivals {
            append(carried.row(arrival), of: carried.snapshot, raw: carried.raw(arrival))
        }
    }

    private mutating func append(_ row: Int, of snapshot: Snapshot, raw: ArraySlice<UInt8>) {
        let (old, profile) = (snapshot.rows, snapshot.profile(row))
        guard reserve(SnapshotDraft.textByteCount(row, snapshot)) else { return }
        let place = place(
            snapshot.column(.provider).texts[profile[.provider]] ?? "",
            snapshot.column(.region).texts[profile[.region]] ?? ""
        )
        let nativeIDs = snapshot.nativeIDs.texts
        let nativeID = nativeIDs.bytes.span.extracting(nativeIDs.range(row))
        guard ids.append(place: place.number, nativeID) else { return }
        rows.profiles.append(number(of: profile, snapshot, place))
        rows.names.append(names.number(of: old.names[row], in: snapshot.names))
        rows.descriptions.append(
            descriptions.number(of: old.descriptions[row], in: snapshot.descriptions)
        )
        rows.labels.append(labels.number(of: old.labels[row], in: snapshot.labels))
        rows.tagLists.append(number(ofTags: old.tagLists[row], snapshot))
        rows.created.append(old.created[row])
        rows.updated.append(old.updated[row])
        rows.sizeBytes.append(old.sizeBytes[row])
        rows.figures.append(figures.number(of: snapshot.figures.pairs[Int(old.figures[row])]))
        rows.raws.append(UInt32(raws.count))
        raws.append(raw.span)
        add(Fingerprint.of(row, snapshot, raw: raw.span))
    }

    private mutating func number(
        of old: Profile,
        _ snapshot: Snapshot,
        _ place: Place
    ) -> UInt32 {
        var profile = Profile(ClosedWords(old))
        profile.provider = place.providerToken
        profile.region = place.regionToken
        profile.place = place.number
        profile.sources = number(of: snapshot.sourceLists[Int(old.sources)])
        if let text = snapshot.column(.distribution).texts[old[.distribution]] {
            profile.distribution = values.distribution(text.utf8.span)
        }
        if let text = snapshot.column(.version).texts[old[.version]] {
            profile.version = values.version(text.utf8.span)
        }
        return profiles.number(of: profile)
    }

    private mutating func number(ofTags list: UInt32, _ snapshot: Snapshot) -> UInt32 {
        if list == 0 { return 0 }
        return tagLists.number(of: snapshot.tagLists.strings(list))
    }

    private static func textByteCount(_ row: Int, _ snapshot: Snapshot) -> Int {
        let place = snapshot.places.range(Int(snapshot.profile(row).place)).count
        var count = place + snapshot.nativeIDs.texts.range(row).count
        count += snapshot.names.byteCount(snapshot.rows.names[row])
        count += snapshot.descriptions.byteCount(snapshot.rows.descriptions[row])
        count += snapshot.labels.byteCount(snapshot.rows.labels[row])
        snapshot.tagLists.forEachTag(of: snapshot.rows.tagLists[row]) { tag in
            count += snapshot.tagLists.tags.byteCount(tag + 1)
        }
        return count
    }
}

extension TextInterner {
    /// The number of a text of a table, as a token: 0 is no text.
    fileprivate mutating func number(of token: UInt32, in table: SearchTable) -> UInt32 {
        if token == 0 { return 0 }
        let texts = table.texts
        let text = texts.bytes.span.extracting(texts.range(Int(token) - 1))
        return UInt32(number(of: text) + 1)
    }
}
