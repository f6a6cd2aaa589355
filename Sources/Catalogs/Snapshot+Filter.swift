import ImageModel

extension Snapshot {
    /// The rows that match, without the excluded ones.
    func matches(_ compiled: CompiledQuery, excluding excluded: RowSet?) -> RowSet {
        var set = RowSet(rowCount: count, full: true)
        if let excluded { set.subtract(excluded) }
        let query = compiled.query
        restrictToValues(&set, compiled)
        restrictToSources(&set, query.upstreams)
        restrictToDates(&set, query)
        restrictToFit(&set, rows.minDiskGB, query.minDiskGBMax)
        restrictToFit(&set, rows.minRAMMB, query.minRAMMBMax)
        if !query.ids.isEmpty { set.formIntersection(rowSet(query.ids.flatMap(rows(anyID:)))) }
        if !query.tags.isEmpty { restrictToTags(&set, compiled) }
        if !query.names.isEmpty { restrictToNames(&set, compiled.names) }
        for word in compiled.words { restrict(&set, toWord: word) }
        return set
    }

    private func restrictToValues(_ set: inout RowSet, _ compiled: CompiledQuery) {
        let query = compiled.query
        restrict(&set, .provider, query.providers)
        restrict(&set, .region, query.regions)
        restrict(&set, .family, query.families.map(\.rawValue))
        restrict(&set, .distribution, query.distributions)
        restrict(&set, .architecture, query.architectures.map(\.rawValue))
        restrict(&set, .visibility, query.visibilities.map(\.rawValue))
        restrict(&set, .status, query.statuses.map(\.rawValue))
        restrict(&set, .bootMode, query.bootModes.map(\.rawValue))
        if !query.versions.isEmpty {
            column(.version).restrict(&set, to: compiled.includes(version:))
        }
    }

    /// A missing value answers to `unknown`.
    private func restrict(_ set: inout RowSet, _ column: Profile.Column, _ wanted: [String]) {
        if wanted.isEmpty { return }
        self.column(column).restrict(&set) { wanted.contains($0 ?? "unknown") }
    }

    private func restrictToSources(_ set: inout RowSet, _ upstreams: [String]) {
        if upstreams.isEmpty { return }
        let flags = sourceLists.map { $0.contains(where: upstreams.contains) }
        if flags.allSatisfy(\.self) { return }
        let byProfile = profiles.map { flags[Int($0.sources)] }
        set.filter { byProfile[Int(rows.profiles[$0])] }
    }

    private func restrictToDates(_ set: inout RowSet, _ query: ImageQuery) {
        restrict(&set, rows.created, query.createdAfter, query.createdBefore)
        restrict(&set, rows.updated, query.updatedAfter, query.updatedBefore)
    }

    private func restrict(
        _ set: inout RowSet,
        _ column: [Int64],
        _ after: Timestamp?,
        _ before: Timestamp?
    ) {
        if after == nil, before == nil { return }
        let from = after?.microseconds ?? .min
        let to = before?.microseconds
        set.filter { row in
            let date = column[row]
            return date != RowColumns.missing && date >= from && to.map { date < $0 } ?? true
        }
    }

    /// A missing figure is the smallest number, so it fits.
    private func restrictToFit(_ set: inout RowSet, _ column: [Int64], _ max: Int?) {
        guard let max else { return }
        set.filter { column[$0] <= Int64(max) }
    }

    private func restrictToTags(_ set: inout RowSet, _ compiled: CompiledQuery) {
        let tags = (0..<tagLists.tags.count).map {
            compiled.includes(tag: tagLists.tags.texts.string($0))
        }
        let lists = tagLists.flags { tags[$0] }
        set.filter { lists[Int(rows.tagLists[$0])] }
    }

    private func restrictToNames(_ set: inout RowSet, _ patterns: [NamePattern]) {
        let flags = names.flags { name in
            for pattern in patterns where pattern.matches(name) { return true }
            return false
        }
        set.filter { flags[Int(rows.names[$0])] }
    }

    private func rowSet(_ rows: [Int]) -> RowSet {
        var set = RowSet(rowCount: count)
        for row in rows { set.insert(row) }
        return set
    }
}
