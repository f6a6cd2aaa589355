internal import ImageModel
internal import JSONText

/// One image of Huawei's lists or of a plain Glance. Members that begin with `__` are strings whatever
/// they mean; a property that was never set is absent.
struct HuaweiImageRecord: ~Copyable {
    private var id: String?
    private var name: String?
    private var description: String?
    private var state: JSONWord?
    private var type: JSONWord?
    private var visibility: JSONWord?
    private var systemText: String?
    private var platform: String?
    private var version: String?
    private var family: String?
    private var bits: String?
    private var architecture: String?
    private var isARM = false
    private var isWithdrawn = false
    private var firmware: JSONWord?
    private var byteCountText: String?
    private var glanceByteCount: Int?
    private var diskGB: Int?
    private var memoryMB: Int?
    private var createdAt: Timestamp?
    private var updatedAt: Timestamp?
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
        case .id: id = try reader.identifier("id")
        case .name: name = try reader.text("name")
        case .state: state = try reader.word("status")
        case .visibility: visibility = try reader.word("visibility")
        case .diskGB: diskGB = try reader.count("min_disk")
        case .memoryMB: memoryMB = try reader.count("min_ram")
        case .createdAt: createdAt = try reader.date("created_at")
        case .updatedAt: updatedAt = try reader.date("updated_at")
        case .tags: tags = try reader.texts("tags")
        case .firmware: firmware = try reader.word("hw_firmware_type")
        case .architecture: architecture = try reader.repeatedText("architecture")
        case .type: type = try reader.word("__imagetype")
        case .description: description = try reader.repeatedText("__description")
        case .byteCountText: byteCountText = try reader.scalar("__image_size")
        case .glanceByteCount: glanceByteCount = try reader.count("size")
        case .systemText: systemText = try reader.repeatedText("__os_version")
        case .bits: bits = try reader.scalar("__os_bit")
        case .platform: platform = try reader.repeatedText("__platform") ?? platform
        case .family: family = try reader.repeatedText("__os_type") ?? family
        case .version: version = try reader.scalar("os_version")
        case .isARM: isARM = try reader.scalar("__support_arm")?.lowercased() == "true"
        case .isWithdrawn:
            isWithdrawn = try reader.scalar("__is_offshelved")?.lowercased() == "true"
        // Where the image lies, at times with the store's own credentials.
        case .dropped: try object.drop(&reader.json)
        case .unmapped: try reader.skip()
        case .unknown: try HuaweiImageRecord.skipProperty(&reader)
        }
    }

    /// Anybody may add properties, but they are strings.
    private static func skipProperty(_ reader: inout RecordReader) throws(JSONError) {
        switch try reader.json.peekKind() {
        case .string, .null: try reader.skip()
        default: try reader.skipUnknown()
        }
    }

    /// Appends the image, unless it has no id.
    mutating func append(to images: inout [Image], region: String, _ reader: inout RecordReader) {
        guard let id = id.take() else { return reader.noteMissing(id: "id") }
        images.append(
            Image(provider: "huawei-ims", region: region, nativeID: id, name: name.take() ?? "")
        )
        fill(&images[images.count - 1], &reader)
        images[images.count - 1].nameByIDIfUnnamed()
    }

    // It and what it calls are mutating: to borrow a record that is changed would copy it.
    private mutating func fill(_ image: inout Image, _ reader: inout RecordReader) {
        image.description = description.take()
        describe(&image, &reader)
        image.visibility = visibility(&reader.drift)
        image.status = isWithdrawn ? .deprecated : status(&reader.drift)
        image.bootMode = bootMode
        image.sizeBytes = byteCount(&reader.drift)
        image.minDiskGB = diskGB == 0 ? nil : diskGB
        image.minRAMMB = memoryMB == 0 ? nil : memoryMB
        image.createdAt = createdAt
        image.updatedAt = updatedAt
        image.tags = tags.map(HuaweiImageRecord.tag)
        swap(&image.rawBytes, &raw)
    }

    // MARK: Meaning

    private mutating func describe(_ image: inout Image, _ reader: inout RecordReader) {
        let disagreements = reader.memory.systems.describe(
            &image,
            label: systemText,
            platform: platform,
            version: version,
            family: family,
            architecture: isARM ? "arm64" : architecture,
            bits: bits
        )
        reader.note(disagreements: disagreements)
        image.os.label = systemText.take()
    }

    /// The type says more than the visibility: market images are public too.
    private mutating func visibility(_ drift: inout DriftNotes) -> Visibility? {
        switch type ?? visibility {
        case nil: return nil
        case "gold", "public", "community": return .public
        case "private": return .private
        case "shared": return .shared
        case "market": return .marketplace
        default:
            drift.note("__imagetype:value")
            return nil
        }
    }

    private mutating func status(_ drift: inout DriftNotes) -> ImageStatus? {
        switch state {
        case nil: return nil
        case "active": return .available
        case "queued", "saving", "uploading", "importing": return .pending
        case "killed": return .error
        case "deleted", "pending_delete", "deactivated": return .unavailable
        default:
            drift.note("status:value")
            return nil
        }
    }

    /// The provider leaves the member out where an image starts with a BIOS.
    private var bootMode: BootMode? {
        firmware.map { BootMode(providerWord: $0) } ?? .bios
    }

    /// Huawei's `size` is 0 on every image, and the figure is the text beside it. A plain Glance has no
    /// such text, and its `size` is what was uploaded.
    private mutating func byteCount(_ drift: inout DriftNotes) -> Int64? {
        guard let byteCountText else {
            return glanceByteCount == 0 ? nil : glanceByteCount.map { Int64($0) }
        }
        guard byteCountText != "0" else { return nil }
        guard let count = Int64(byteCountText), count > 0 else {
            drift.note("__image_size:value")
            return nil
        }
        return count
    }

    /// Older tags are written `key.value`.
    private static func tag(_ text: String) -> String {
        guard !text.contains("="), let point = text.firstIndex(of: "."), point != text.startIndex,
            case let value = text[text.index(after: point)...], !value.isEmpty
        else { return text }
        return "\(text[..<point])=\(value)"
    }
}
