internal import ImageModel
internal import JSONText

/// One element of GMI's list.
struct GMIImageRecord: Sendable {
    private var id: String?
    private var name: String?
    private var type: JSONWord?
    private var place: String?
    private var series: String?
    private var version: String?
    private var architecture: String?
    private var bootMode: JSONWord?
    private var sizeText: String?
    private var products: [String] = []
    private var createdAt: Timestamp?
    private var raw: [UInt8] = []

    init(_ reader: inout RecordReader) throws(JSONError) {
        var object = try RawObject(entering: &reader.json)
        while let key = try object.nextKey(&reader.json) {
            switch key {
            case "id": id = try reader.identifier("id")
            case "name": name = try reader.text("name")
            case "type": type = try reader.word("type")
            case "idc": place = try reader.identifier("idc")
            case "createdAt": createdAt = try reader.date("createdAt")
            case "OSSeries": series = try reader.text("OSSeries")
            case "OSVersion": version = try reader.scalar("OSVersion")
            case "OSArchitecture": architecture = try reader.text("OSArchitecture")
            case "BootMode": bootMode = try reader.word("BootMode")
            case "SystemDiskSize": sizeText = try reader.scalar("SystemDiskSize")
            case "supportedProducts": products = try reader.texts("supportedProducts")
            // Where the image lies in the provider's own store.
            case "path": try object.drop(&reader.json)
            case "orgId", "icon", "DefaultPartitionTable": try reader.skip()
            default: try reader.skipUnknown(key)
            }
        }
        raw = object.bytes(reader.json)
    }

    /// `nil` for an image without an id, and for one of another data centre than the one asked for.
    func image(asked: String?, standIn: String, drift: inout DriftNotes) -> Image? {
        guard let id else {
            drift.note("id:missing")
            return nil
        }
        if place == nil { drift.note("idc:missing") }
        if let asked, let place, place != asked {
            drift.note("idc:value")
            return nil
        }
        let region = place ?? asked ?? standIn
        var image = Image(provider: "gmi", region: region, nativeID: id, name: name ?? id)
        image.describe(claims(id), label: series, drift: &drift)
        image.visibility = visibility(&drift)
        // Nothing is reported, and what is listed can be used.
        image.status = .available
        image.bootMode = boot(&drift)
        image.minDiskGB = diskGB(&drift)
        image.createdAt = createdAt
        image.tags = products.map { "product=\($0)" }
        image.raw = raw
        return image
    }

    // MARK: Meaning

    private func claims(_ id: String) -> OperatingSystemClaims {
        OperatingSystemClaims(
            name: name ?? id,
            platform: series,
            version: version,
            architecture: architecture
        )
    }

    private func visibility(_ drift: inout DriftNotes) -> Visibility? {
        switch type {
        case nil: return nil
        case "Public": return .public
        case "Customized": return .private
        default:
            drift.note("type:value")
            return nil
        }
    }

    private func boot(_ drift: inout DriftNotes) -> BootMode? {
        let mode = BootMode(providerWord: bootMode)
        if mode == nil, bootMode != nil { drift.note("BootMode:value") }
        return mode
    }

    private func diskGB(_ drift: inout DriftNotes) -> Int? {
        guard let sizeText else { return nil }
        let size = DiskSize.gigabytes(sizeText)
        if size == nil { drift.note("SystemDiskSize:value") }
        return size
    }
}
