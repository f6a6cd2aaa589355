internal import ImageModel
internal import JSONText

/// One element of Aries' list, with the members that newer servers may add.
struct AriesImageRecord: Sendable {
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
    private var raw: [UInt8] = []

    init(_ reader: inout RecordReader) throws(JSONError) {
        var object = try RawObject(entering: &reader.json)
        while let key = try object.nextKey(&reader.json) {
            switch key {
            case "id": id = try reader.identifier("id")
            case "name": name = try reader.text("name")
            case "description": description = try reader.text("description")
            case "os_name": systemName = try reader.text("os_name")
            case "os_type": systemType = try reader.text("os_type")
            case "os_platform": systemPlatform = try reader.text("os_platform")
            case "os_architecture": architecture = try reader.text("os_architecture")
            case "status": status = try reader.word("status")
            case "boot_mode": bootMode = try reader.word("boot_mode")
            case "size": diskGB = try reader.count("size")
            case "created_at": createdAt = try reader.date("created_at")
            case "updated_at": updatedAt = try reader.date("updated_at")
            case "source_path": try object.drop(&reader.json)
            case "uuid", "version", "init_type", "file": try reader.skip()
            default: try reader.skipUnknown(key)
            }
        }
        raw = object.bytes(reader.json)
    }

    /// `nil` for an image without an id.
    func image(region: String, drift: inout DriftNotes) -> Image? {
        guard let id else {
            drift.note("id:missing")
            return nil
        }
        var image = Image(provider: "aries", region: region, nativeID: id, name: name ?? id)
        image.description = description
        image.describe(claims(id), label: systemName, drift: &drift)
        // The list belongs to one installation; nothing in it tells public from private.
        image.visibility = .private
        image.status = status(&drift)
        image.bootMode = BootMode(providerWord: bootMode)
        image.minDiskGB = diskGB == 0 ? nil : diskGB
        image.createdAt = createdAt
        image.updatedAt = updatedAt
        image.raw = raw
        return image
    }

    /// `os_type` is free text on newer servers, where `os_platform` holds the family.
    private func claims(_ id: String) -> OperatingSystemClaims {
        let type = systemType?.lowercased()
        let isFamily = type == "linux" || type == "windows"
        return OperatingSystemClaims(
            name: name ?? id,
            label: systemName,
            platform: isFamily ? nil : systemType,
            family: isFamily ? type : systemPlatform ?? systemType,
            architecture: architecture,
            description: description
        )
    }

    /// The documentation lists usable images only, so silence means available.
    private func status(_ drift: inout DriftNotes) -> ImageStatus? {
        switch status?.lowercasedASCII {
        case nil, "可用", "available", "active": return .available
        case "不可用", "unavailable", "disabled": return .unavailable
        default:
            drift.note("status:value")
            return nil
        }
    }
}
