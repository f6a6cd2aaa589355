import JSONText

/// One row of an Aries installation.
struct AriesImage: ProviderImage {
    static let provider = SimulatedProvider.aries

    private(set) var number: Int
    private(set) var name: String
    private(set) var osType: String
    private(set) var osName: String
    private var description = Presence.absent
    private var createdText: String
    private var updatedText: String
    private var created: Int64
    private var updated: Int64
    private var means: IntendedSystem
    /// Members that only a newer server sends.
    private var additions: AriesAdditions?

    static func nativeID(of serial: Int, in edition: Edition) -> String { String(serial + 1) }

    static func serial(of nativeID: String, in edition: Edition) -> Int? {
        Int(nativeID).flatMap { $0 > 0 ? $0 - 1 : nil }
    }

    init(serial: Int, in edition: Edition) {
        var draw = edition.draw(serial)
        let revision = edition.revision(of: serial)
        number = serial + 1
        created = edition.created(serial)
        let system = draw.pick(AriesSystem.stock)
        (name, osType, osName, means) = (system.name, system.osType, system.osName, system.means)
        if serial >= AriesSystem.stock.count { name += "-b\(serial)" }
        updated = created
        (createdText, updatedText) = ("", "")
        if draw.oneIn(8) { becomeAnonymous(&draw, serial) }
        name +=
            ImageTexts.editSuffix(revision) + (name.hasPrefix(system.name) ? system.fileSuffix : "")
        let text = revision > 0 ? "第 \(revision) 次修订" : ImageTexts.description(&draw)
        description = Presence(text, otherwise: &draw)
        if draw.oneIn(2) { updated += Int64(draw.below(90_000)) * 1_000_000 }
        updated += Int64(revision) * 3_600_000_000
        (createdText, updatedText) = (CalendarText.utc(created), CalendarText.utc(updated))
        if draw.oneIn(6) { writeDatesAsGo(&draw) }
        if draw.oneIn(9) { addNewerMembers(&draw) }
    }

    /// A name that says nothing; the system is known from `os_name` at most, and never its version.
    private mutating func becomeAnonymous(_ draw: inout Draw, _ serial: Int) {
        let isChinese = draw.oneIn(2)
        name = ImageTexts.customName(&draw, serial: serial, created: created, chinese: isChinese)
        osType = "linux"
        osName = draw.pick(["Ubuntu", "CentOS", "", ""])
        let distribution = osName.isEmpty ? nil : osName.lowercased()
        means = IntendedSystem(distribution, nil, .unknown, family: "linux")
    }

    /// Go writes fractions to 100 ns and the server's own offset.
    private mutating func writeDatesAsGo(_ draw: inout Draw) {
        created += Int64(draw.below(1_000_000))
        updated = max(updated, created)
        let finer = String(draw.below(10))
        createdText = CalendarText.fractional(created, offsetMinutes: 480, finer: finer)
        updatedText = CalendarText.fractional(updated, offsetMinutes: 480, finer: finer)
    }

    private mutating func addNewerMembers(_ draw: inout Draw) {
        guard means.family != "bsd" else { return }
        let additions = AriesAdditions(&draw, system: means, created: created)
        if means.architecture == .unknown { means.architecture = additions.architecture }
        self.additions = additions
    }

    func intended(in dialect: String?) -> IntendedImage {
        var image = IntendedImage(nativeID: String(number), name: name, system: means)
        image.description = description.meaning
        image.label = osName.isEmpty ? nil : osName
        image.visibility = "private"
        image.status = "available"
        image.bootMode = additions?.bootMode.lowercased()
        image.minDiskGB = additions?.size
        image.createdAt = created
        image.updatedAt = updated
        return image
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", number)
            writer.member("name", name)
            writer.member("os_type", osType)
            writer.member("os_name", osName)
            writer.member("description", description)
            writer.member("created_at", createdText)
            writer.member("updated_at", updatedText)
            additions?.write(to: &writer)
        }
    }
}
