/// One image of a Zenlayer zone.
struct ZenlayerImage: ProviderImage {
    static let provider = SimulatedProvider.zenlayer
    static let draftRegions = [
        "de-frankfurt-9a", "cn-hongkong-1a", "us-losangeles-3b", "sg-singapore-2a",
    ]

    private(set) var id: String
    private(set) var name: String
    private(set) var isCustom: Bool
    private(set) var category: Presence
    private(set) var osType: Presence
    private(set) var version: Presence
    private(set) var description: Presence
    private(set) var status: String
    /// `nil` is told as null, or left out.
    private(set) var sizeGB: Int?
    private(set) var regionID: String
    private(set) var created: Int64
    /// Chooses among the ways to write the row.
    private(set) var habit: Int
    private var means: IntendedSystem

    /// The draft's ids were shorter, and custom images of its time keep theirs.
    static func nativeID(of serial: Int, in edition: Edition) -> String {
        let head = Identifiers.digits(
            edition.identifiers.scrambled(serial),
            Identifiers.anyCase,
            count: 8
        )
        if serial & 15 == 3 { return "img-" + head }
        var draw = Draw(seed: edition.seed, stream: 17, index: serial)
        let middle = Identifiers.digits(draw.next(), Identifiers.anyCase, count: 10)
        return "img-" + head + middle
            + Identifiers.digits(draw.next(), Identifiers.anyCase, count: 7)
    }

    static func serial(of nativeID: String, in edition: Edition) -> Int? {
        guard nativeID.hasPrefix("img-"), [12, 29].contains(nativeID.utf8.count) else { return nil }
        return Identifiers.value(of: nativeID.dropFirst(4).prefix(8), Identifiers.anyCase)
            .flatMap(edition.identifiers.serial)
    }

    init(serial: Int, in edition: Edition) {
        var draw = edition.draw(serial)
        let revision = edition.revision(of: serial)
        isCustom = draw.oneIn(3)
        let systems = isCustom ? ZenlayerSystem.toldByMembers : ZenlayerSystem.stock
        let system = draw.pick(systems)
        id = Self.nativeID(of: serial, in: edition)
        created = edition.created(serial)
        habit = draw.below(1 << 16)
        means = system.means
        category = .text(system.category)
        osType = .text(system.osType)
        version = Presence(system.version, otherwise: &draw)
        description = Presence(nil, otherwise: &draw)
        status = "AVAILABLE"
        regionID = draw.pick(Self.draftRegions)
        sizeGB = draw.oneIn(12) ? nil : draw.pick([20, 30, 40, 50, 100])
        name = serial < ZenlayerSystem.stock.count ? system.name : "\(system.name) #\(serial)"
        if isCustom { becomeCustom(&draw, serial) }
        if revision > 0 { description = .text("第 \(revision) 次修订") }
        name += ImageTexts.editSuffix(revision)
    }

    /// A customer's image: the members tell the system, the name does not.
    private mutating func becomeCustom(_ draw: inout Draw, _ serial: Int) {
        let isChinese = draw.oneIn(2)
        name =
            draw.oneIn(5)
            ? id
            : ImageTexts.customName(&draw, serial: serial, created: created, chinese: isChinese)
        description = Presence(ImageTexts.description(&draw), otherwise: &draw)
        status = draw.pick(Self.states)
        means.architecture = .unknown
        if draw.oneIn(6) { forgetSystem(&draw) }
    }

    private static let states = [
        "AVAILABLE", "AVAILABLE", "AVAILABLE", "AVAILABLE", "CREATING", "UNAVAILABLE", "SYNCING",
        "FAILED",
        "DELETING",
    ]

    private mutating func forgetSystem(_ draw: inout Draw) {
        (category, osType) = (.text("OTHERS"), .text("linux"))
        version = Presence(nil, otherwise: &draw)
        means = IntendedSystem(nil, nil, .unknown, family: "linux")
    }

    func intended(in dialect: String?) -> IntendedImage {
        let isDraft = dialect == "draft"
        var image = IntendedImage(nativeID: id, name: name, system: means)
        image.region = isDraft ? regionID : nil
        image.description = description.meaning
        image.label = category.meaning
        image.visibility = isDraft && !tellsTypeInDraft ? nil : (isCustom ? "private" : "public")
        image.status = meaningOfStatus
        image.minDiskGB = sizeGB
        image.createdAt = isDraft ? created : nil
        return image
    }

    var tellsTypeInDraft: Bool { habit % 3 == 0 }

    private var meaningOfStatus: String {
        switch status {
        case "AVAILABLE": "available"
        case "UNAVAILABLE", "FAILED": "error"
        case "DELETING": "unavailable"
        default: "pending"
        }
    }
}
