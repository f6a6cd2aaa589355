internal import ImageModel
internal import JSONText

/// One image of either generation; the members of 2017 have other names for the same things.
struct TencentImageRecord: ~Copyable {
    private var id: String?
    private var name: String?
    private var description: String?
    private var systemName: String?
    private var platform: String?
    private var architecture: String?
    private var type: JSONWord?
    private var state: JSONWord?
    private var isDeprecated = false
    private var diskGB: Int?
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
        case .id: id = try reader.identifier("ImageId")
        case .name: name = try reader.text("ImageName")
        case .description: description = try reader.repeatedText("ImageDescription")
        case .systemName: systemName = try reader.repeatedText("OsName")
        case .platform: platform = try reader.repeatedText("Platform")
        case .architecture: architecture = try reader.repeatedText("Architecture")
        case .type: type = try reader.word("ImageType")
        case .state: state = try reader.word("ImageState")
        case .isDeprecated: isDeprecated = try reader.flag("ImageDeprecated") ?? false
        case .diskGB: diskGB = try reader.count("ImageSize")
        case .createdAt: createdAt = try reader.date("CreatedTime")
        case .tags: tags = try reader.tags("Tags", key: "Key", value: "Value")
        case .unmapped: try reader.skip()
        case .unknown: try reader.skipUnknown()
        }
    }

    /// Appends the image, unless it has no id.
    mutating func append(to images: inout [Image], region: String, _ reader: inout RecordReader) {
        guard let id = id.take() else { return reader.noteMissing(id: "ImageId") }
        images.append(
            Image(provider: "tencent-cvm", region: region, nativeID: id, name: name.take() ?? "")
        )
        fill(&images[images.count - 1], &reader)
        images[images.count - 1].nameByIDIfUnnamed()
    }

    // It and what it calls are mutating: to borrow a record that is changed would copy it.
    private mutating func fill(_ image: inout Image, _ reader: inout RecordReader) {
        image.description = description.take()
        describe(&image, &reader)
        image.visibility = visibility(&reader.drift)
        image.status = isDeprecated ? .deprecated : status(&reader.drift)
        image.minDiskGB = diskGB == 0 ? nil : diskGB
        image.createdAt = createdAt
        swap(&image.tags, &tags)
        swap(&image.rawBytes, &raw)
    }

    private mutating func describe(_ image: inout Image, _ reader: inout RecordReader) {
        let disagreements = reader.memory.systems.describe(
            &image,
            label: systemName,
            platform: platform,
            // The provider's `arm` is 64-bit; 32-bit ARM does not exist there.
            architecture: architecture == "arm" ? "arm64" : architecture
        )
        reader.note(disagreements: disagreements)
        image.os.label = systemName.take()
    }

    private mutating func visibility(_ drift: inout DriftNotes) -> Visibility? {
        switch type {
        case nil: return nil
        case "PUBLIC_IMAGE": return .public
        case "PRIVATE_IMAGE": return .private
        case "SHARED_IMAGE": return .shared
        case "MARKET_IMAGE": return .marketplace
        default:
            drift.note("ImageType:value")
            return nil
        }
    }

    private mutating func status(_ drift: inout DriftNotes) -> ImageStatus? {
        switch state {
        case nil: return nil
        case "NORMAL", "USING": return .available
        case "CREATING", "SYNCING", "IMPORTING": return .pending
        case "CREATEFAILED", "IMPORTFAILED", "SYNCFAILED": return .error
        case "DELETING": return .unavailable
        default:
            drift.note("ImageState:value")
            return nil
        }
    }
}
