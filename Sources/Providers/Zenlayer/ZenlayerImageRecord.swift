internal import ImageModel
internal import JSONText

/// One image of either shape, with the members that the newer elastic compute API adds.
struct ZenlayerImageRecord: ~Copyable {
    private var id: String?
    private var name: String?
    private var description: String?
    private var type: JSONWord?
    private var source: JSONWord?
    private var state: JSONWord?
    private var category: String?
    private var version: String?
    private var systemType: String?
    private var regionID: String?
    private var sizeText: String?
    private var diskGBMin: Int?
    private var createdAt: Timestamp?
    private var tags: [String] = []
    private var raw: ArraySlice<UInt8> = []

    /// Reads one element, in place: a record that was returned would be moved twice.
    mutating func read(_ reader: inout RecordReader) throws(JSONError) {
        var object = try RawObject(entering: &reader.json)
        while let member: Member = try object.nextMember(&reader) {
            try read(member, &object, &reader)
        }
        raw = object.bytes(reader.page, upTo: reader.json.offset)
    }

    // On its own, so that the loop above stays small enough to take the reader's functions in.
    @inline(never)
    private mutating func read(
        _ member: Member,
        _ object: inout RawObject,
        _ reader: inout RecordReader
    ) throws(JSONError) {
        switch member {
        case .id: id = try reader.identifier("imageId")
        case .name: name = try reader.text("imageName")
        case .description: description = try reader.repeatedText("imageDescription")
        case .type: type = try reader.word("imageType")
        case .state: state = try reader.word("imageStatus")
        case .sizeText: sizeText = try reader.scalar("imageSize")
        case .version: version = try reader.scalar("imageVersion")
        case .category: category = try reader.repeatedText("category")
        case .systemType: systemType = try reader.repeatedText("osType")
        case .regionID: regionID = try reader.repeatedText("regionId")
        case .createdAt: createdAt = try reader.date("createTime")
        case .source: source = try reader.word("imageSource")
        case .diskGBMin: diskGBMin = try reader.count("minDiskSize")
        case .tags: tags = try ZenlayerImageRecord.tags(&reader)
        case .unmapped: try reader.skip()
        case .unknown: try reader.skipUnknown()
        }
    }

    /// Appends the image, unless it has no id. The published shape does not repeat the zone it was asked
    /// for.
    mutating func append(
        to images: inout [Image],
        region: String,
        takesRowRegion: Bool,
        _ reader: inout RecordReader
    ) {
        guard let id = id.take() else { return reader.noteMissing(id: "imageId") }
        let place = takesRowRegion ? regionID ?? region : region
        images.append(
            Image(provider: "zenlayer", region: place, nativeID: id, name: name.take() ?? id)
        )
        fill(&images[images.count - 1], &reader)
    }

    // It and what it calls are mutating: to borrow a record that is changed would copy it.
    private mutating func fill(_ image: inout Image, _ reader: inout RecordReader) {
        image.description = description.take()
        describe(&image, &reader)
        image.visibility = visibility(&reader.drift)
        image.status = status(&reader.drift)
        image.minDiskGB = diskGB(&reader.drift)
        image.createdAt = createdAt
        swap(&image.tags, &tags)
        swap(&image.rawBytes, &raw)
    }

    /// `{"tags":[{"key":…,"value":…}]}`, or the list alone.
    private static func tags(_ reader: inout RecordReader) throws(JSONError) -> [String] {
        guard try reader.json.peekKind() == .object else {
            return try reader.tags("tags", key: "key", value: "value")
        }
        var tags: [String] = []
        try reader.json.beginObject()
        while let key = try reader.json.nextKey() {
            if key == "tags" {
                tags = try reader.tags("tags", key: "key", value: "value")
            } else {
                try reader.skip()
            }
        }
        return tags
    }

    // MARK: Meaning

    private mutating func describe(_ image: inout Image, _ reader: inout RecordReader) {
        let disagreements = reader.memory.systems.describe(
            &image,
            platform: category,
            version: version,
            family: systemType
        )
        reader.note(disagreements: disagreements)
        image.os.label = category.take()
    }

    private mutating func diskGB(_ drift: inout DriftNotes) -> Int? {
        if let diskGBMin, diskGBMin > 0 { return diskGBMin }
        guard let sizeText, sizeText != "0" else { return nil }
        let size = DiskSize.gigabytes(sizeText)
        if size == nil { drift.note("imageSize:value") }
        return size
    }

    private mutating func visibility(_ drift: inout DriftNotes) -> Visibility? {
        if source == "MARKETING" { return .marketplace }
        switch type ?? source {
        case nil: return nil
        case "PUBLIC_IMAGE", "OFFICIAL", "APP": return .public
        case "CUSTOM_IMAGE", "CUSTOM": return .private
        default:
            drift.note("imageType:value")
            return nil
        }
    }

    private mutating func status(_ drift: inout DriftNotes) -> ImageStatus? {
        switch state {
        case nil: return nil
        case "AVAILABLE": return .available
        case "CREATING", "SYNCING", "PROCESSING": return .pending
        case "UNAVAILABLE", "FAILED": return .error
        case "DELETING": return .unavailable
        default:
            drift.note("imageStatus:value")
            return nil
        }
    }
}
