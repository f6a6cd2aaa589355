import ImageModel

extension Snapshot {
    /// By arrival. Raw objects are kept in that order.
    func rowsByArrival() -> [UInt32] {
        var result = [UInt32](repeating: 0, count: count)
        for (row, arrival) in rows.raws.enumerated() { result[Int(arrival)] = UInt32(row) }
        return result
    }

    /// Whether the row says what the image says, its raw object apart.
    func holds(_ image: Image, at row: Int) -> Bool {
        let profile = profile(row)
        return nativeIDs.texts.equals(row, image.nativeID.utf8.span)
            && rows.created[row] == RowColumns.stored(image.createdAt?.microseconds)
            && rows.updated[row] == RowColumns.stored(image.updatedAt?.microseconds)
            && rows.sizeBytes[row] == RowColumns.stored(image.sizeBytes)
            && figures.pairs[Int(rows.figures[row])] == Figures.Pair(image)
            && ClosedWords(profile) == ClosedWords(image)
            && isEqual(.provider, profile, image.provider)
            && isEqual(.region, profile, image.region)
            && isEqual(.distribution, profile, image.os.distribution)
            && isEqual(.version, profile, image.os.version)
            && isEqual(names, rows.names[row], image.name)
            && isEqual(descriptions, rows.descriptions[row], image.description)
            && isEqual(labels, rows.labels[row], image.os.label)
            && holdsTags(image.tags, at: row)
    }

    private func isEqual(_ column: Profile.Column, _ profile: Profile, _ text: String?) -> Bool {
        let token = profile[column]
        guard let text, token != 0 else { return text == nil && token == 0 }
        return columns[column.rawValue].index.texts.equals(token - 1, text.utf8.span)
    }

    private func isEqual(_ table: SearchTable, _ token: UInt32, _ text: String?) -> Bool {
        guard let text, token != 0 else { return text == nil && token == 0 }
        return table.texts.equals(Int(token) - 1, text.utf8.span)
    }

    private func holdsTags(_ tags: [String], at row: Int) -> Bool {
        var (index, isEqual) = (0, true)
        tagLists.forEachTag(of: rows.tagLists[row]) { tag in
            isEqual =
                isEqual && index < tags.count
                && tagLists.tags.texts.equals(Int(tag), tags[index].utf8.span)
            index += 1
        }
        return isEqual && index == tags.count
    }
}
