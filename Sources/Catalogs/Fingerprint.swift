import ImageModel

/// What an image is, in 128 bits: every member and the provider's own object. An image and the row it became
/// have the same.
enum Fingerprint {
    static func of(_ image: Image) -> UInt128 {
        var hash = StableHash()
        hash.combine(image.provider)
        hash.combine(image.region)
        hash.combine(image.nativeID)
        hash.combine(image.name)
        hash.combine(image.description)
        hash.combine(image.os.distribution)
        hash.combine(image.os.version)
        hash.combine(image.os.label)
        hash.combine(words: ClosedWords(image))
        hash.combine(stored: RowColumns.stored(image.sizeBytes), Figures.Pair(image))
        hash.combine(
            created: RowColumns.stored(image.createdAt?.microseconds),
            updated: RowColumns.stored(image.updatedAt?.microseconds)
        )
        for tag in image.tags { hash.combine(tag) }
        hash.combine(UInt64(image.tags.count))
        hash.combine(image.rawBytes.span)
        return hash.value
    }

    static func of(_ row: Int, _ snapshot: Snapshot, raw: Span<UInt8>) -> UInt128 {
        let (columns, profile) = (snapshot.rows, snapshot.profile(row))
        var hash = StableHash()
        hash.combine(snapshot.column(.provider), profile[.provider])
        hash.combine(snapshot.column(.region), profile[.region])
        hash.combine(snapshot.nativeIDs.texts, row)
        hash.combine(snapshot.names, columns.names[row])
        hash.combine(snapshot.descriptions, columns.descriptions[row])
        hash.combine(snapshot.column(.distribution), profile[.distribution])
        hash.combine(snapshot.column(.version), profile[.version])
        hash.combine(snapshot.labels, columns.labels[row])
        hash.combine(words: ClosedWords(profile))
        let figures = snapshot.figures.pairs[Int(columns.figures[row])]
        hash.combine(stored: columns.sizeBytes[row], figures)
        hash.combine(created: columns.created[row], updated: columns.updated[row])
        var tagCount: UInt64 = 0
        snapshot.tagLists.forEachTag(of: columns.tagLists[row]) { tag in
            hash.combine(snapshot.tagLists.tags.texts, Int(tag))
            tagCount += 1
        }
        hash.combine(tagCount)
        hash.combine(raw)
        return hash.value
    }
}

extension StableHash {
    fileprivate mutating func combine(words: ClosedWords) {
        combine(
            UInt64(words.family) << 32 | UInt64(words.architecture),
            UInt64(words.visibility) << 32 | UInt64(words.status) << 16 | UInt64(words.bootMode)
        )
    }

    fileprivate mutating func combine(stored size: Int64, _ figures: Figures.Pair) {
        combine(UInt64(bitPattern: size), UInt64(bitPattern: figures.minDiskGB))
        combine(UInt64(bitPattern: figures.minRAMMB))
    }

    fileprivate mutating func combine(created: Int64, updated: Int64) {
        combine(UInt64(bitPattern: created), UInt64(bitPattern: updated))
    }

    fileprivate mutating func combine(_ texts: TextTable, _ index: Int) {
        combine(texts.bytes.span.extracting(texts.range(index)))
    }

    fileprivate mutating func combine(_ texts: SearchTable, _ token: UInt32) {
        if token == 0 { combine(0) } else { combine(texts.texts, Int(token) - 1) }
    }

    fileprivate mutating func combine(_ column: ValueColumn, _ token: Int) {
        if token == 0 { combine(0) } else { combine(column.index.texts, token - 1) }
    }
}
