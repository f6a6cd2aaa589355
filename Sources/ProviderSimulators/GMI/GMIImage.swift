/// One bare-metal image of one GMI data centre.
struct GMIImage: ProviderImage {
    static let provider = SimulatedProvider.gmi
    static let dataCentres = [
        "us-denver-1", "tw-taipei-1", "us-sanjose-1", "th-bangkok-1", "my-cyberjaya-1",
    ]
    private static let products = [
        "baremetal.h100.x8", "baremetal.h200.x8", "baremetal.b200.x8", "baremetal.gb200.x4",
        "container.h200.x1",
    ]
    /// What is written and what it means in whole GB.
    private static let disks: [(text: String, sizeGB: Int?)] = [
        ("480GB", 480), ("480", 480), ("1.92TB", 1920), ("960 GB", 960), ("3.84TB", 3840),
        ("500000MB", 500),
        ("479.5GB", 480), ("", nil), ("auto", nil),
    ]

    private(set) var id: String
    private(set) var name: String
    private(set) var system: GMISystem
    private(set) var dataCentre: String
    private(set) var isPublic: Bool
    private(set) var bootMode: Presence
    private(set) var disk: String
    private(set) var architecture: String
    /// `nil` is told as null.
    private(set) var products: [String]?
    private(set) var createdText: String
    /// Chooses among the ways to write the row.
    private(set) var habit: Int
    private var diskGB: Int?
    private var created: Int64

    static func nativeID(of serial: Int, in edition: Edition) -> String {
        var draw = Draw(seed: edition.seed, stream: 23, index: serial)
        return Identifiers.uuid(head: edition.identifiers.scrambled(serial), tail: draw.next())
    }

    static func serial(of nativeID: String, in edition: Edition) -> Int? {
        Identifiers.uuidHead(nativeID).flatMap(edition.identifiers.serial)
    }

    init(serial: Int, in edition: Edition) {
        var draw = edition.draw(serial)
        id = Self.nativeID(of: serial, in: edition)
        system = draw.pick(GMISystem.stock)
        created = edition.created(serial)
        habit = draw.below(1 << 16)
        isPublic = !draw.oneIn(4)
        dataCentre = draw.pick(Self.dataCentres)
        name = serial < GMISystem.stock.count ? system.name : "\(system.name) b\(serial)"
        if !isPublic {
            name = ImageTexts.customName(&draw, serial: serial, created: created, chinese: false)
        }
        name += ImageTexts.editSuffix(edition.revision(of: serial))
        bootMode = draw.oneIn(15) ? .null : .text(draw.pick(["UEFI", "UEFI", "Legacy"]))
        (disk, diskGB) = draw.pick(Self.disks)
        let isARM = system.means.architecture == .arm64
        architecture = draw.pick(isARM ? ["arm64", "aarch64"] : ["x86_64", "amd64", "x64"])
        let firstProduct = draw.below(Self.products.count)
        let afterProducts = min(firstProduct + draw.below(3), Self.products.count)
        products = draw.oneIn(7) ? nil : Array(Self.products[firstProduct..<afterProducts])
        createdText = CalendarText.utc(created)
        if draw.oneIn(6) { writeDateWithOffset(&draw) }
    }

    private mutating func writeDateWithOffset(_ draw: inout Draw) {
        created += Int64(draw.below(1_000_000))
        createdText = CalendarText.fractional(created, offsetMinutes: draw.pick([480, -420, 0]))
    }

    func intended(in dialect: String?) -> IntendedImage {
        var image = IntendedImage(nativeID: id, name: name, system: system.means)
        image.region = dataCentre
        image.label = system.series
        image.visibility = isPublic ? "public" : "private"
        image.status = "available"
        image.bootMode = bootMode.meaning.map { $0 == "UEFI" ? "uefi" : "bios" }
        image.minDiskGB = diskGB
        image.createdAt = created
        image.tags = (products ?? []).map { "product=\($0)" }
        return image
    }
}
