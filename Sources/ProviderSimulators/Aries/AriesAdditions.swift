import JSONText

/// Members that a newer Aries server is known to have and the documents of the list do not name.
struct AriesAdditions: Sendable {
    private var uuid: String
    private var version: String
    private(set) var size: Int
    private var platform: String
    private(set) var architecture: IntendedSystem.Architecture
    private var architectureText: String
    private(set) var bootMode: String

    init(_ draw: inout Draw, system: IntendedSystem, created: Int64) {
        uuid = Identifiers.uuid(head: draw.next() >> 16, tail: draw.next())
        version = "v" + CalendarText.day(created).map { $0 == "-" ? "." : String($0) }.joined()
        size = draw.pick([20, 40, 50, 100])
        platform = system.family == "windows" ? "windows" : "linux"
        let isARM = system.architecture == .arm64
        architecture = isARM ? .arm64 : .x86_64
        architectureText = isARM ? "aarch64" : draw.pick(["x86_64", "amd64"])
        bootMode = draw.pick(["BIOS", "bios", "UEFI"])
    }

    func write(to writer: inout JSONWriter) {
        writer.member("uuid", uuid)
        writer.member("version", version)
        writer.member("status", "可用")
        writer.member("size", size)
        writer.member("os_platform", platform)
        writer.member("os_architecture", architectureText)
        writer.member("boot_mode", bootMode)
        writer.member("init_type", "cloud-init")
    }
}
