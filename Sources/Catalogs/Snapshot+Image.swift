import ImageModel

extension Snapshot {
    func image(_ row: Int) -> Image {
        var image = imageWithoutRaw(row)
        image.raw = raw(row)
        return image
    }

    func imageWithoutRaw(_ row: Int) -> Image {
        let profile = profile(row)
        var image = Image(
            provider: column(.provider).texts[profile[.provider]] ?? "",
            region: column(.region).texts[profile[.region]] ?? "",
            nativeID: nativeIDs.texts.string(row),
            name: names.string(rows.names[row]) ?? ""
        )
        image.description = descriptions.string(rows.descriptions[row])
        image.os = operatingSystem(row, profile)
        image.architecture = ClosedWords.word(profile.architecture) ?? .unknown
        image.visibility = ClosedWords.word(profile.visibility)
        image.status = ClosedWords.word(profile.status)
        image.bootMode = ClosedWords.word(profile.bootMode)
        image.sizeBytes = RowColumns.stated(rows.sizeBytes[row])
        let figures = figures.pairs[Int(rows.figures[row])]
        image.minDiskGB = RowColumns.stated(figures.minDiskGB).map { Int($0) }
        image.minRAMMB = RowColumns.stated(figures.minRAMMB).map { Int($0) }
        image.createdAt = RowColumns.stated(rows.created[row]).map(Timestamp.init(microseconds:))
        image.updatedAt = RowColumns.stated(rows.updated[row]).map(Timestamp.init(microseconds:))
        image.tags = tagLists.strings(rows.tagLists[row])
        return image
    }

    private func operatingSystem(_ row: Int, _ profile: Profile) -> OperatingSystem {
        OperatingSystem(
            family: ClosedWords.word(profile.family) ?? .unknown,
            distribution: column(.distribution).texts[profile[.distribution]],
            version: column(.version).texts[profile[.version]],
            label: labels.string(rows.labels[row])
        )
    }
}
