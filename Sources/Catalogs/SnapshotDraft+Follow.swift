import ImageModel

/// A short list that is read again mostly is what it was. Its draft begins where the last one ended: what rows
/// share keeps its numbers, so that rows are taken over as numbers, and a table that has not grown is the same.
extension SnapshotDraft {
    init(following earlier: SnapshotDraft) {
        self = earlier
        removeRows()
    }

    /// Whether a draft may follow: neither too long, nor full of what no row has any more.
    var canBeFollowed: Bool {
        var textCount = names.count + descriptions.count + labels.count + values.count
        textCount += tagLists.tags.count + tagLists.lists.count
        textCount += profiles.profiles.count + figures.pairs.count + sourceLists.count
        return count <= SnapshotDraft.followedRowsMax && raws.isOpen
            && textCount <= 8 * count + 128
    }

    /// Puts an image in the place of one with the same id. `false` where it has another one, and then the draft
    /// is of no use.
    mutating func replace(_ arrival: Int, with image: Image) -> Bool {
        let place = place(image.provider, image.region)
        guard ids.isSame(arrival, place: place.number, image.nativeID.utf8.span) else {
            return false
        }
        rows.replace(arrival, with: row(image, place, 0, raw: rows.raws[arrival]))
        raws.replace(arrival, with: image.rawBytes.span)
        replace(arrival, with: Fingerprint.of(image))
        return true
    }

    /// Adds rows of the draft that this one follows, whose ids are new.
    mutating func append(_ arrivals: Range<Int>, ofFollowed earlier: SnapshotDraft) {
        for arrival in arrivals {
            guard ids.append(earlier.ids, arrival) else { continue }
            rows.append(earlier.rows.row(arrival, raw: UInt32(raws.count)))
            raws.append(arrival, of: earlier.raws)
            add(earlier.fingerprints[arrival])
        }
    }
}
