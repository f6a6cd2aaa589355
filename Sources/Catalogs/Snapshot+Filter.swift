import ImageModel

extension Snapshot {
    /// The rows that match, without the excluded ones.
    func matches(_ compiled: CompiledQuery, excluding excluded: RowSet?) -> RowMatches {
        var filter = RowFilter(rowCount: count)
        keepCreated(&filter, compiled.query.createdAfter, compiled.query.createdBefore)
        if !filter.isEmpty { keepValues(&filter, compiled) }
        if filter.isEmpty { return .none }
        if let excluded {
            filter.keep(excluded.complement)
        }
        keepFigures(&filter, compiled)
        keepTexts(&filter, compiled)
        return compiled.words.reduce(filter.matches()) { rows($0, containing: $1) }
    }

    private func keepValues(_ filter: inout RowFilter, _ compiled: CompiledQuery) {
        let query = compiled.query
        keep(&filter, .provider, query.providers)
        keep(&filter, .region, query.regions)
        keepSources(&filter, query.upstreams)
        keep(&filter, .family, compiled.families)
        keep(&filter, .distribution, query.distributions)
        keep(&filter, .architecture, compiled.architectures)
        keep(&filter, .visibility, compiled.visibilities)
        keep(&filter, .status, compiled.statuses)
        keep(&filter, .bootMode, compiled.bootModes)
        if filter.isEmpty || query.versions.isEmpty { return }
        let versions = column(.version)
        versions.keep(in: &filter) { text in
            guard let text else { return query.versions.contains("unknown") }
            let texts = versions.index.texts
            return compiled.includes(version: texts.bytes.span.extracting(texts.range(text)))
        }
    }

    private func keep(_ filter: inout RowFilter, _ column: Profile.Column, _ wanted: [String]) {
        if wanted.isEmpty || filter.isEmpty { return }
        self.column(column).keep(wanted, in: &filter)
    }

    private func keepSources(_ filter: inout RowFilter, _ upstreams: [String]) {
        if upstreams.isEmpty || filter.isEmpty { return }
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

    // MARK: Dates and figures

    /// Rows stand newest first, those without a date last, so a period is a range of rows.
    private func keepCreated(_ filter: inout RowFilter, _ after: Timestamp?, _ before: Timestamp?) {
        if after == nil, before == nil { return }
        let from = RowColumns.stored(after?.microseconds ?? .min)
        let end = (0..<count).partitionPoint { rows.created[$0] < from }
        let start = before.map { before in
            (0..<count).partitionPoint { rows.created[$0] < before.microseconds }
        }
        filter.keep(min(start ?? 0, end)..<end)
    }

    private func keepFigures(_ filter: inout RowFilter, _ compiled: CompiledQuery) {
        let query = compiled.query
        keepUpdated(&filter, query.updatedAfter, query.updatedBefore)
        if query.minDiskGBMax == nil, query.minRAMMBMax == nil { return }
        // A missing figure is the smallest number, so it fits.
        let (disk, memory) = (query.minDiskGBMax ?? .max, query.minRAMMBMax ?? .max)
        figures.keep(in: &filter) { $0.minDiskGB <= disk && $0.minRAMMB <= memory }
    }

    // MARK: Texts

    private func keepTexts(_ filter: inout RowFilter, _ compiled: CompiledQuery) {
        let query = compiled.query
        if !query.ids.isEmpty {
            var found = RowSet(rowCount: count)
            for id in query.ids { for row in rows(anyID: id) { found.insert(row) } }
            filter.keep(found)
        }
        if !query.tags.isEmpty {
            tagLists.keep(in: &filter, where: compiled.includes(tag:))
        }
        if !query.names.isEmpty { keep(&filter, names: compiled.names) }
    }
}
