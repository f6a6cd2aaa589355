import ImageModel

extension Snapshot {
    /// The rows that match, without the excluded ones.
    func matches(_ compiled: CompiledQuery, excluding excluded: RowSet?) -> RowMatches {
        var filter = RowFilter(rowCount: count)
        for condition in compiled.conditions {
            keep(condition, in: &filter)
            if filter.isEmpty { return .none }
        }
        if let excluded { filter.keep(excluded.complement) }
        return compiled.words.reduce(filter.matches()) { rows($0, containing: $1) }
    }

    private func keep(_ condition: CompiledQuery.Condition, in filter: inout RowFilter) {
        switch condition {
        case .created(let after, let before): keepCreated(&filter, after, before)
        case .value(let column, let wanted): self.column(column).keep(wanted, in: &filter)
        case .sources(let upstreams): keepSources(&filter, upstreams)
        case .versions(let versions): keepVersions(&filter, versions)
        case .updated(let after, let before): keepUpdated(&filter, after, before)
        case .figures(let disk, let memory):
            // A missing figure is the smallest number, so it fits.
            figures.keep(in: &filter) { $0.minDiskGB <= disk && $0.minRAMMB <= memory }
        case .ids(let ids): keepIDs(&filter, ids)
        case .tags(let tags):
            tagLists.keep(in: &filter) { text in tags.contains { $0.matches(text) } }
        case .names(let patterns): keep(&filter, names: patterns)
        }
    }

    private func keepVersions(_ filter: inout RowFilter, _ wanted: CompiledQuery.Versions) {
        let versions = column(.version)
        versions.keep(in: &filter) { text in
            guard let text else { return wanted.includesUnknown }
            let texts = versions.index.texts
            return wanted.includes(texts.bytes.span.extracting(texts.range(text)))
        }
    }

    private func keepSources(_ filter: inout RowFilter, _ upstreams: [String]) {
        let flags = sourceLists.map { $0.contains(where: upstreams.contains) }
        if flags.allSatisfy(\.self) { return }
        if !flags.contains(true) { return filter.keepNone() }
        keep(&filter, rows.profiles, profiles.map { flags[Int($0.sources)] })
    }

    /// Keeps the rows whose token is flagged.
    private func keep(_ filter: inout RowFilter, _ tokens: [UInt32], _ flags: [Bool]) {
        var found = RowSet(rowCount: count)
        TokenFlags(flags: flags).insert(tokens, into: &found)
        filter.keep(found)
    }

    /// Rows stand newest first, those without a date last, so a period is a range of rows.
    private func keepCreated(_ filter: inout RowFilter, _ after: Timestamp?, _ before: Timestamp?) {
        let from = RowColumns.stored(after?.microseconds ?? .min)
        let end = (0..<count).partitionPoint { rows.created[$0] < from }
        let start = before.map { before in
            (0..<count).partitionPoint { rows.created[$0] < before.microseconds }
        }
        filter.keep(min(start ?? 0, end)..<end)
    }

    private func keepIDs(_ filter: inout RowFilter, _ ids: [String]) {
        var found = RowSet(rowCount: count)
        for id in ids { for row in rows(anyID: id) { found.insert(row) } }
        filter.keep(found)
    }
}
