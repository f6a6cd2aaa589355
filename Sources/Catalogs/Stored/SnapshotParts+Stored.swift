extension SnapshotParts {
    /// Reads them in the order in which `Snapshot.write` writes them. Every number that is used as an index
    /// later is held against its bound here; order and equality of texts, of which only answers would be
    /// wrong and nothing unsafe, are left to the checksum.
    init(reading input: inout SnapshotInput, upstream: String) throws(SnapshotFileError) {
        let id: [UInt8] = try input.array()
        guard id.elementsEqual(upstream.utf8) || !input.isHashChecked else {
            throw SnapshotFileError(.foreign, "it is the list of another upstream")
        }
        let fingerprint: UInt128 = try input.value()
        let arrivalFingerprint: UInt128 = try input.value()
        let providers = try input.table("providers")
        let regions = try input.table("regions")
        guard
            let values = ValueTexts(
                providers: providers,
                regions: regions,
                distributions: try input.table("distributions"),
                versions: try input.table("versions")
            )
        else { throw .damaged("values") }
        let names = try input.table("names")
        let nameRanks: [UInt32] = try input.array(names.count + 1, "order of names")
        let descriptions = try input.table("descriptions")
        let labels = try input.table("labels")
        let tags = try input.table("tags")
        let tagLists = try input.blobs("tag lists")
        try SnapshotParts.check(tagLists, of: tags.count)
        let nativeIDs = try input.table("ids")
        let profiles: [Profile] = try input.array()
        let places = try SnapshotParts.places(profiles, values)
        let figures: [Figures.Pair] = try input.array()
        let (rows, idOrder) = try SnapshotParts.rows(
            &input,
            nativeIDs.count,
            profiles: profiles.count,
            names: names.count,
            descriptions: descriptions.count,
            labels: labels.count,
            tagLists: tagLists.count,
            figures: figures.count
        )
        let raws = try RawStore(reading: &input, count: nativeIDs.count)

        // All at once: what is moved and never copied cannot be left half made.
        (self.upstream, same, sourceLists) = (upstream, TablesInCommon(), [[upstream]])
        (self.fingerprint, self.arrivalFingerprint) = (fingerprint, arrivalFingerprint)
        (self.rows, self.idOrder, self.raws) = (rows, idOrder, raws)
        (self.nativeIDs, self.places, self.profiles) = (nativeIDs, places, profiles)
        (ownValues, self.figures, self.nameRanks) = (values, figures, nameRanks)
        (self.names, self.descriptions, self.labels) = (names, descriptions, labels)
        (self.tags, self.tagLists) = (tags, tagLists)
    }

    /// The columns of so many rows, and their order by id; the other counts are those of what they name.
    private static func rows(
        _ input: inout SnapshotInput,
        _ count: Int,
        profiles: Int,
        names: Int,
        descriptions: Int,
        labels: Int,
        tagLists: Int,
        figures: Int
    ) throws(SnapshotFileError) -> (RowColumns, idOrder: [UInt32]) {
        var rows = RowColumns()
        rows.profiles = try input.tokens(count, below: profiles, "profiles")
        rows.names = try input.tokens(count, below: names + 1, from: 1, "names")
        rows.descriptions = try input.tokens(count, below: descriptions + 1, "descriptions")
        rows.labels = try input.tokens(count, below: labels + 1, "labels")
        rows.tagLists = try input.tokens(count, below: tagLists, "tag lists")
        rows.figures = try input.tokens(count, below: figures, "figures")
        rows.raws = try input.permutation(count, "raw objects")
        rows.created = try input.array(count, "dates")
        rows.updated = try input.array(count, "dates")
        rows.sizeBytes = try input.array(count, "sizes")
        return (rows, try input.permutation(count, "order of ids"))
    }

    /// The first list is the empty one, and each is made of numbers of tags, four bytes each.
    private static func check(_ lists: TextTable, of tagCount: Int) throws(SnapshotFileError) {
        guard lists.count > 0, lists.range(0).isEmpty,
            lists.ends.allSatisfy({ $0 % 4 == 0 })
        else { throw .damaged("tag lists") }
        let isKnown = lists.bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).allSatisfy {
                Int(bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)) < tagCount
            }
        }
        guard isKnown else { throw .damaged("tag lists") }
    }

    /// What each place is called, from the profiles: every place is one of a profile's, and all profiles of
    /// a place agree in it.
    private static func places(
        _ profiles: [Profile],
        _ values: ValueTexts
    ) throws(SnapshotFileError) -> TextTable {
        let counts = Profile.Column.allCases.map { values.texts($0).count }
        var tokens: [UInt32: (provider: UInt32, region: UInt32)] = [:]
        for profile in profiles {
            let isKnown = Profile.Column.allCases.allSatisfy { profile[$0] < counts[$0.rawValue] }
            let known = tokens[profile.place] ?? (profile.provider, profile.region)
            guard isKnown, profile.provider > 0, profile.region > 0, profile.sources == 0,
                known == (profile.provider, profile.region)
            else { throw .damaged("profiles") }
            tokens[profile.place] = known
        }
        let (providers, regions) = (values.texts(.provider), values.texts(.region))
        var places = TextTable()
        for place in 0..<UInt32(tokens.count) {
            guard let (provider, region) = tokens[place] else { throw .damaged("places") }
            let text = "\(providers[Int(provider)] ?? ""):\(regions[Int(region)] ?? ""):"
            places.append(text.utf8)
        }
        return places
    }
}
