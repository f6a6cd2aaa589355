import ImageModel

/// What every row has of its own, column by column. A missing number is `missing`.
struct RowColumns: Sendable {
    static let missing = Int64.min

    /// Index into the snapshot's profiles.
    var profiles: [UInt32] = []
    /// Index into the distinct names.
    var names: [UInt32] = []
    /// Index into the distinct descriptions, labels and tag lists; 0 is none.
    var descriptions: [UInt32] = []
    var labels: [UInt32] = []
    var tagLists: [UInt32] = []
    /// Index into the distinct figures.
    var figures: [UInt32] = []
    /// Microseconds since the epoch.
    var created: [Int64] = []
    var updated: [Int64] = []
    var sizeBytes: [Int64] = []
    /// Index into the raw store.
    var raws: [UInt32] = []

    var count: Int { profiles.count }

    /// Rows of each profile.
    func counts(ofProfiles count: Int) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: count)
        for profile in profiles { counts[Int(profile)] += 1 }
        return counts
    }

    mutating func reserveCapacity(_ count: Int) {
        profiles.reserveCapacity(count)
        names.reserveCapacity(count)
        descriptions.reserveCapacity(count)
        labels.reserveCapacity(count)
        tagLists.reserveCapacity(count)
        figures.reserveCapacity(count)
        created.reserveCapacity(count)
        updated.reserveCapacity(count)
        sizeBytes.reserveCapacity(count)
        raws.reserveCapacity(count)
    }

    struct Row {
        var profile, name, description, label, tagList, figures: UInt32
        var created, updated, sizeBytes: Int64
        var raw: UInt32
    }

    mutating func append(_ row: Row) {
        profiles.append(row.profile)
        names.append(row.name)
        descriptions.append(row.description)
        labels.append(row.label)
        tagLists.append(row.tagList)
        figures.append(row.figures)
        created.append(row.created)
        updated.append(row.updated)
        sizeBytes.append(row.sizeBytes)
        raws.append(row.raw)
    }

    /// A column in which that changes nothing stays shared with other copies of it.
    mutating func replace(_ index: Int, with row: Row) {
        func put<Value: Equatable>(_ value: Value, in column: inout [Value]) {
            if column[index] != value { column[index] = value }
        }
        put(row.profile, in: &profiles)
        put(row.name, in: &names)
        put(row.description, in: &descriptions)
        put(row.label, in: &labels)
        put(row.tagList, in: &tagLists)
        put(row.figures, in: &figures)
        put(row.created, in: &created)
        put(row.updated, in: &updated)
        put(row.sizeBytes, in: &sizeBytes)
        put(row.raw, in: &raws)
    }

    /// A row of columns whose indices mean the same, with another raw object.
    func row(_ index: Int, raw: UInt32) -> Row {
        Row(
            profile: profiles[index],
            name: names[index],
            description: descriptions[index],
            label: labels[index],
            tagList: tagLists[index],
            figures: figures[index],
            created: created[index],
            updated: updated[index],
            sizeBytes: sizeBytes[index],
            raw: raw
        )
    }

    /// The rows of `order`, in that order. Where the rows of `earlier` stand in it too, what has not changed is
    /// its column.
    func reordered(_ order: [UInt32], like earlier: Snapshot? = nil) -> RowColumns {
        guard let earlier, let draft = earlier.draft else {
            return reordered(order, RowColumns(), RowColumns())
        }
        return reordered(order, draft.value.rows, earlier.rows)
    }

    /// A column that is the one `before` was reordered to the one `after`.
    private func reordered(
        _ order: [UInt32],
        _ before: RowColumns,
        _ after: RowColumns
    ) -> RowColumns {
        func pick<Value: Equatable>(
            _ column: [Value],
            _ before: [Value],
            _ after: [Value]
        ) -> [Value] {
            before == column ? after : order.map { column[Int($0)] }
        }
        var result = RowColumns()
        result.profiles = pick(profiles, before.profiles, after.profiles)
        result.names = pick(names, before.names, after.names)
        result.descriptions = pick(descriptions, before.descriptions, after.descriptions)
        result.labels = pick(labels, before.labels, after.labels)
        result.tagLists = pick(tagLists, before.tagLists, after.tagLists)
        result.created = pick(created, before.created, after.created)
        result.updated = pick(updated, before.updated, after.updated)
        result.sizeBytes = pick(sizeBytes, before.sizeBytes, after.sizeBytes)
        result.figures = pick(figures, before.figures, after.figures)
        result.raws = pick(raws, before.raws, after.raws)
        return result
    }

    /// The smallest number stands for "missing", so it moves up by one: no provider means it.
    static func stored(_ number: Int64?) -> Int64 {
        number.map { max($0, missing + 1) } ?? missing
    }

    static func stated(_ number: Int64) -> Int64? {
        number == missing ? nil : number
    }
}
