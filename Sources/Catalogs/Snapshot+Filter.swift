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
        restrictToCreation(&set, query.createdAfter, query.createdBefore)
        if query.updatedAfter == nil, query.updatedBefore == nil { return }
        let from = RowColumns.stored(query.updatedAfter?.microseconds ?? .min)
        let to = query.updatedBefore?.microseconds
        set.filter { row in
            let date = rows.updated[row]
            return date >= from && to.map { date < $0 } ?? true
        }
    }

    /// Rows stand newest first, those without a date last, so a period is a range of rows.
    private func restrictToCreation(_ set: inout RowSet, _ after: Timestamp?, _ before: Timestamp?)
    {
        if after == nil, before == nil { return }
        let from = RowColumns.stored(after?.microseconds ?? .min)
        let end = firstRow { $0 < from }
        let start = before.map { before in firstRow { $0 < before.microseconds } } ?? 0
        set.formIntersection(min(start, end)..<end)
    }

    /// The first row whose creation date passes, given that all rows behind it pass too.
    private func firstRow(where passes: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if passes(rows.created[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
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
        let flags = TokenFlags(flags: names.flags(matching: patterns))
        var found = RowSet(rowCount: count)
        flags.insert(rows.names, into: &found)
        set.formIntersection(found)
    }

    private func rowSet(_ rows: [Int]) -> RowSet {
        var set = RowSet(rowCount: count)
        for row in rows { set.insert(row) }
        return set
    }
}
