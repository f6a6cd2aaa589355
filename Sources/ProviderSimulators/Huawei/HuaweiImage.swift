/// One image of a Huawei project.
struct HuaweiImage: ProviderImage {
    enum Kind: String, Sendable {
        case gold, `private`, shared, market
    }

    static let provider = SimulatedProvider.huaweiIMS
    /// The tenant that owns the public images.
    static let publicOwner = "1bed856811654c1cb661a6ca845ebc77"
    private static let sharingOwner = "0aa0f3b7c2de4b1b9a5d0f3f1c2b3a49"

    private(set) var id: String
    private(set) var name: String
    private(set) var kind: Kind
    /// `nil` for a data disk, which has no system.
    private(set) var system: HuaweiSystem?
    private(set) var status = "active"
    private(set) var owner: String
    private(set) var minDiskGB: Int
    private(set) var minRAMMB: Int
    private(set) var sizeBytes: Int64?
    private(set) var description = Presence.absent
    private(set) var firmware: String?
    private(set) var tags: [String] = []
    private(set) var isOffShelved: Bool
    private(set) var memberStatus: String
    private(set) var created: Int64
    private(set) var updated: Int64
    private(set) var isTouched: Bool
    /// Chooses among the ways to write the row.
    private(set) var habit: Int

    static func nativeID(of serial: Int, in edition: Edition) -> String {
        var draw = Draw(seed: edition.seed, stream: 29, index: serial)
        return Identifiers.uuid(head: edition.identifiers.scrambled(serial), tail: draw.next())
    }

    static func serial(of nativeID: String, in edition: Edition) -> Int? {
        Identifiers.uuidHead(nativeID).flatMap(edition.identifiers.serial)
    }

    init(serial: Int, in edition: Edition) {
        var draw = edition.draw(serial)
        let revision = edition.revision(of: serial)
        id = Self.nativeID(of: serial, in: edition)
        created = edition.created(serial)
        habit = draw.below(1 << 16)
        kind = draw.pick(Self.kinds)
        let system = draw.pick(HuaweiSystem.stock)
        self.system = system
        owner = kind == .shared ? Self.sharingOwner : Self.publicOwner
        minDiskGB = draw.pick(Self.disks)
        minRAMMB = draw.pick(Self.memories)
        firmware = draw.pick(Self.firmwares)
        if system.isARM { firmware = "uefi" }
        isOffShelved = kind != .private && draw.oneIn(20)
        memberStatus = draw.pick(Self.memberStates)
        updated = created + Int64(draw.below(4_000_000)) * 1_000_000
        isTouched = revision > 0
        name = Self.publicName(&draw, system, serial)
        if kind == .private || kind == .shared { becomeOwn(&draw, serial) }
        if revision > 0 { edit(revision) }
    }

    private static func publicName(
        _ draw: inout Draw,
        _ system: HuaweiSystem,
        _ serial: Int
    ) -> String {
        let name = system.publicName
        if serial < HuaweiSystem.stock.count { return name }
        return "\(name) \(draw.pick(products)) b\(serial)"
    }

    private static let products = [
        "vivado", "with sdx", "with Tesla Driver 470.182.03 and CUDA 11.4", "for BareMetal",
        "market",
    ]
    private static let kinds: [Kind] = [
        .gold, .gold, .gold, .gold, .gold, .private, .private, .shared, .market,
    ]
    private static let disks = [40, 40, 40, 100, 20]
    private static let memories = [0, 0, 0, 0, 2048]
    private static let firmwares = [nil, nil, "bios", "bios", "uefi"]
    private static let memberStates = ["accepted", "accepted", "pending", "rejected"]

    /// Made by this project or shared with it: names of people, sizes, tags and unfinished states.
    private mutating func becomeOwn(_ draw: inout Draw, _ serial: Int) {
        let isChinese = draw.oneIn(2)
        name = ImageTexts.customName(&draw, serial: serial, created: created, chinese: isChinese)
        if kind == .private { owner = SimulatorCredentials().projectID }
        sizeBytes = draw.oneIn(5) ? nil : Int64(draw.below(400_000) + 1) * 65_536
        description = Presence(ImageTexts.description(&draw), otherwise: &draw)
        if description == .null { description = .absent }
        tags = draw.pick(Self.tagLists)
        status = draw.pick(Self.states)
        if draw.oneIn(9) { system = nil }
    }

    private mutating func edit(_ revision: Int) {
        name += ImageTexts.editSuffix(revision)
        description = .text("第 \(revision) 次修订")
        updated += Int64(revision) * 3_600_000_000
    }

    /// Tags of today, of before the tags' reform, and bare ones.
    private static let tagLists: [[String]] = [
        [], [], ["env=prod", "team.web"], ["gpu"], ["部门=财务"], ["env=test", "team.web", "gpu"],
    ]
    private static let states = [
        "active", "active", "active", "active", "active", "active", "queued", "saving", "killed",
        "deleted",
        "pending_delete",
    ]

    func intended(in dialect: String?) -> IntendedImage {
        let nothing = IntendedSystem(nil, nil, .unknown, family: "other")
        var image = IntendedImage(nativeID: id, name: name, system: system?.means ?? nothing)
        image.description = description.meaning
        image.label = system?.osVersion
        image.visibility = visibilityMeant
        image.status = isOffShelved ? "deprecated" : statusMeant
        image.bootMode = firmware ?? "bios"
        image.sizeBytes = sizeBytes
        image.minDiskGB = minDiskGB
        image.minRAMMB = minRAMMB == 0 ? nil : minRAMMB
        image.createdAt = created
        image.updatedAt = updated
        image.tags = tags.map { $0 == "team.web" ? "team=web" : $0 }
        return image
    }

    private var visibilityMeant: String {
        switch kind {
        case .gold: "public"
        case .private: "private"
        case .shared: "shared"
        case .market: "marketplace"
        }
    }

    private var statusMeant: String {
        switch status {
        case "active": "available"
        case "queued", "saving": "pending"
        case "killed": "error"
        default: "unavailable"
        }
    }
}
