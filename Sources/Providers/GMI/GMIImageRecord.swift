internal import ImageModel
internal import JSONText

/// One element of GMI's list.
struct GMIImageRecord: ~Copyable {
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
        case .type: type = try reader.word("type")
        case .place: place = try reader.repeatedIdentifier("idc")
        case .createdAt: createdAt = try reader.date("createdAt")
        case .series: series = try reader.repeatedText("OSSeries")
        case .version: version = try reader.scalar("OSVersion")
        case .architecture: architecture = try reader.repeatedText("OSArchitecture")
        case .bootMode: bootMode = try reader.word("BootMode")
        case .sizeText: sizeText = try reader.scalar("SystemDiskSize")
        case .products: products = try reader.texts("supportedProducts")
        // Where the image lies in the provider's own store.
        case .dropped: try object.drop(&reader.json)
        case .unmapped: try reader.skip()
        case .unknown: try reader.skipUnknown()
        }
    }

    /// Appends the image, unless it has no id, or another data centre than the one asked for.
    mutating func append(
        to images: inout [Image],
        asked: String?,
        standIn: String,
        _ reader: inout RecordReader
    ) {
        guard let id = id.take() else { return reader.noteMissing(id: "id") }
        if place == nil { reader.drift.note("idc:missing") }
        if let asked, let place, place != asked { return reader.drift.note("idc:value") }
        let region = place ?? asked ?? standIn
        images.append(Image(provider: "gmi", region: region, nativeID: id, name: name.take() ?? ""))
        fill(&images[images.count - 1], &reader)
        images[images.count - 1].nameByIDIfUnnamed()
    }

    // It and what it calls are mutating: to borrow a record that is changed would copy it.
    private mutating func fill(_ image: inout Image, _ reader: inout RecordReader) {
        let disagreements = reader.memory.systems.describe(
            &image,
            platform: series,
            version: version,
            architecture: ProcessorField.word(architecture)
        )
        reader.note(disagreements: disagreements)
        image.os.label = series.take()
        image.visibility = visibility(&reader.drift)
        // Nothing is reported, and what is listed can be used.
        image.status = .available
        image.bootMode = boot(&reader.drift)
        image.minDiskGB = diskGB(&reader.drift)
        image.createdAt = createdAt
        image.tags = products.map { "product=" + $0 }
        swap(&image.rawBytes, &raw)
    }

    // MARK: Meaning

    private mutating func visibility(_ drift: inout DriftNotes) -> Visibility? {
        switch type {
        case nil: return nil
        case "Public": return .public
        case "Customized": return .private
        default:
            drift.note("type:value")
            return nil
        }
    }

    private mutating func boot(_ drift: inout DriftNotes) -> BootMode? {
        let mode = BootMode(providerWord: bootMode)
        if mode == nil, bootMode != nil { drift.note("BootMode:value") }
        return mode
    }

    private mutating func diskGB(_ drift: inout DriftNotes) -> Int? {
        guard let sizeText else { return nil }
        let size = DiskSize.gigabytes(sizeText)
        if size == nil { drift.note("SystemDiskSize:value") }
        return size
    }
}
