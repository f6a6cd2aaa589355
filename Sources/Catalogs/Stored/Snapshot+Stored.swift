extension Snapshot {
    /// Writes what `SnapshotParts` needs. Fails with `unsupported` for rows of several upstreams.
    func write(to output: inout SnapshotOutput) throws(SnapshotFileError) {
        guard !hasForeignRaws, sourceLists == [[upstream]] else {
            throw SnapshotFileError(.unsupported, "it is not the list of one upstream")
        }
        try output.array(Array(upstream.utf8))
        output.value(fingerprint)
        output.value(arrivalFingerprint)
        try writeTexts(to: &output)
        try output.array(profiles)
        try output.array(figures.pairs)
        try writeRows(to: &output)
        try raws.finished().write(to: &output)
    }

    private func writeTexts(to output: inout SnapshotOutput) throws(SnapshotFileError) {
        for column in [Profile.Column.provider, .region, .distribution, .version] {
            try output.table(self.column(column).index.texts)
        }
        try output.table(names.texts)
        try output.array(ranks.names)
        try output.table(descriptions.texts)
        try output.table(labels.texts)
        try output.table(tagLists.tags.texts)
        try output.table(tagLists.lists)
        try output.table(nativeIDs.texts)
    }

    private func writeRows(to output: inout SnapshotOutput) throws(SnapshotFileError) {
        try output.array(rows.profiles)
        try output.array(rows.names)
        try output.array(rows.descriptions)
        try output.array(rows.labels)
        try output.array(rows.tagLists)
        try output.array(rows.figures)
        try output.array(rows.raws)
        try output.array(rows.created)
        try output.array(rows.updated)
        try output.array(rows.sizeBytes)
        try output.array(idOrder)
    }

    /// Reads what `write` wrote and makes the rest. O(n): what is sorted was stored sorted.
    convenience init(
        reading input: inout SnapshotInput,
        upstream: String
    ) throws(SnapshotFileError) {
        self.init(try SnapshotParts(reading: &input, upstream: upstream))
    }
}

extension Profile: BitwiseCopyable {}
extension Figures.Pair: BitwiseCopyable {}
