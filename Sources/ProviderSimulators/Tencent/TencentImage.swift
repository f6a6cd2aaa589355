import JSONText

/// One image of a Tencent region.
struct TencentImage: ProviderImage {
    enum Kind: String, Sendable {
        case publicImage = "PUBLIC_IMAGE"
        case privateImage = "PRIVATE_IMAGE"
        case sharedImage = "SHARED_IMAGE"
    }

    struct Tag: Sendable, Hashable {
        var key: String
        var value: String
    }

    static let provider = SimulatedProvider.tencentCVM

    private(set) var id: String
    private(set) var name: String
    private(set) var kind: Kind
    private(set) var system: TencentSystem
    private(set) var tags: [Tag] = []
    private(set) var description: String?
    private(set) var state = "NORMAL"
    private(set) var isDeprecated: Bool?
    private(set) var sizeGB: Int
    private(set) var creator: String
    /// `nil` is told as the epoch, or left out.
    private(set) var created: Int64?
    /// Chooses among the ways to leave members out.
    private(set) var habit: Int

    static func nativeID(of serial: Int, in edition: Edition) -> String {
        let digits = edition.identifiers.scrambled(serial)
        return "img-" + Identifiers.digits(digits, Identifiers.lowerCase, count: 8)
    }

    static func serial(of nativeID: String, in edition: Edition) -> Int? {
        guard nativeID.hasPrefix("img-"), nativeID.utf8.count == 12 else { return nil }
        return Identifiers.value(of: nativeID.dropFirst(4), Identifiers.lowerCase)
            .flatMap(edition.identifiers.serial)
    }

    init(serial: Int, in edition: Edition) {
        var draw = edition.draw(serial)
        let revision = edition.revision(of: serial)
        let born = edition.created(serial)
        id = Self.nativeID(of: serial, in: edition)
        system = draw.pick(TencentSystem.stock)
        habit = draw.below(1 << 16)
        kind = draw.pick([.publicImage, .publicImage, .publicImage, .privateImage, .sharedImage])
        sizeGB = draw.pick([20, 20, 40, 50, 60, 100])
        switch kind {
        case .publicImage:
            creator = ""
            name = Self.publicName(&draw, system.osName, serial)
            created = draw.oneIn(3) ? nil : born
        case .privateImage, .sharedImage:
            creator = "1000\(12_345_000 + draw.below(900))"
            let isChinese = draw.oneIn(2)
            name = ImageTexts.customName(&draw, serial: serial, created: born, chinese: isChinese)
            created = born
            tags = Self.tags(&draw)
            state = draw.pick(Self.states)
        }
        description = revision > 0 ? "第 \(revision) 次修订" : ImageTexts.description(&draw)
        isDeprecated = habit % 11 == 0 ? true : (habit % 3 == 0 ? nil : false)
        name += ImageTexts.editSuffix(revision)
    }

    private static let states = [
        "NORMAL", "NORMAL", "NORMAL", "NORMAL", "CREATING", "SYNCING", "IMPORTING", "CREATEFAILED",
        "IMPORTFAILED",
    ]

    /// The system's own name, or its Chinese spelling, and a running number after the first ones.
    private static func publicName(_ draw: inout Draw, _ osName: String, _ serial: Int) -> String {
        let isChinese = draw.oneIn(3) && osName.hasSuffix("64bit")
        let name = isChinese ? osName.dropLast(5) + "64位" : osName[...]
        return serial < TencentSystem.stock.count ? String(name) : "\(name) #\(serial)"
    }

    private static func tags(_ draw: inout Draw) -> [Tag] {
        let pool = [
            Tag(key: "env", value: "prod"), Tag(key: "env", value: "test"),
            Tag(key: "team", value: "web"),
            Tag(key: "部门", value: "财务"), Tag(key: "cost-center", value: "cc-17"),
        ]
        let first = draw.below(pool.count)
        return Array(pool[first..<min(first + draw.below(3), pool.count)])
    }

    func intended(in dialect: String?) -> IntendedImage {
        var image = IntendedImage(nativeID: id, name: name, system: system.means)
        image.description = description
        image.visibility = visibility
        image.createdAt = created
        guard dialect != "2017" else { return intendedOf2017(image) }
        image.label = system.osName
        image.status = isDeprecated == true ? "deprecated" : status
        image.minDiskGB = sizeGB
        image.tags = tags.map { "\($0.key)=\($0.value)" }
        return image
    }

    private func intendedOf2017(_ image: IntendedImage) -> IntendedImage {
        var image = image
        image.label = system.legacyName
        image.status = status
        return image
    }

    private var visibility: String {
        switch kind {
        case .publicImage: "public"
        case .privateImage: "private"
        case .sharedImage: "shared"
        }
    }

    private var status: String {
        switch state {
        case "NORMAL": "available"
        case "CREATEFAILED", "IMPORTFAILED": "error"
        default: "pending"
        }
    }
}
