internal import ImageModel
internal import JSONText

/// One element of Aries' list, with the members that newer servers may add.
struct AriesImageRecord: ~Copyable {
    private var id: String?
    private var name: String?
    private var description: String?
    private var systemName: String?
    private var systemType: String?
    private var systemPlatform: String?
    private var architecture: String?
    private var status: JSONWord?
    private var bootMode: JSONWord?
    private var diskGB: Int?
    private var createdAt: Timestamp?
    private var updatedAt: Timestamp?
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
        case .id: id = try reader.identifier("id")
        case .name: name = try reader.text("name")
        case .description: description = try reader.repeatedText("description")
        case .systemName: systemName = try reader.repeatedText("os_name")
        case .systemType: systemType = try reader.repeatedText("os_type")
        case .systemPlatform: systemPlatform = try reader.repeatedText("os_platform")
        case .architecture: architecture = try reader.repeatedText("os_architecture")
        case .status: status = try reader.word("status")
        case .bootMode: bootMode = try reader.word("boot_mode")
        case .diskGB: diskGB = try reader.count("size")
        case .createdAt: createdAt = try reader.date("created_at")
        case .updatedAt: updatedAt = try reader.date("updated_at")
        case .dropped: try object.drop(&reader.json)
        case .unmapped: try reader.skip()
        case .unknown: try reader.skipUnknown()
        }
    }

    /// Appends the image, unless it has no id.
    mutating func append(to images: inout [Image], region: String, _ reader: inout RecordReader) {
        guard let id = id.take() else { return reader.noteMissing(id: "id") }
        images.append(
            Image(provider: "aries", region: region, nativeID: id, name: name.take() ?? "")
        )
        fill(&images[images.count - 1], &reader)
        images[images.count - 1].nameByIDIfUnnamed()
    }

    // It and what it calls are mutating: to borrow a record that is changed would copy it.
    private mutating func fill(_ image: inout Image, _ reader: inout RecordReader) {
        image.description = description.take()
        describe(&image, &reader)
        // The list belongs to one installation; nothing in it tells public from private.
        image.visibility = .private
        image.status = status(&reader.drift)
        image.bootMode = BootMode(providerWord: bootMode)
        image.minDiskGB = diskGB == 0 ? nil : diskGB
        image.createdAt = createdAt
        image.updatedAt = updatedAt
        swap(&image.rawBytes, &raw)
    }

    /// `os_type` is free text on newer servers, where `os_platform` holds the family.
    private mutating func describe(_ image: inout Image, _ reader: inout RecordReader) {
        let isFamily = systemType.map(AriesImageRecord.isFamily) ?? false
        let disagreements = reader.memory.systems.describe(
            &image,
            label: systemName,
            platform: isFamily ? nil : systemType,
            family: isFamily ? systemType : systemPlatform ?? systemType,
            architecture: ProcessorField.word(architecture)
        )
        reader.note(disagreements: disagreements)
        image.os.label = systemName.take()
    }

    /// Whether the text is a family in any case.
    private static func isFamily(_ text: String) -> Bool {
        if text == "linux" || text == "windows" { return true }
        let word = JSONWord(text.utf8.span).lowercasedASCII
        return word == "linux" || word == "windows"
    }

    /// The documentation lists usable images only, so silence means available.
    private mutating func status(_ drift: inout DriftNotes) -> ImageStatus? {
        switch status?.lowercasedASCII {
        case nil, "可用", "available", "active": return .available
        case "不可用", "unavailable", "disabled": return .unavailable
        default:
            drift.note("status:value")
            return nil
        }
    }
}
