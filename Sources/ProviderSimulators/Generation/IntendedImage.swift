import JSONText

/// What the generator means by one image, in the normalized vocabulary of the gateway's answers.
struct IntendedImage: Sendable, Hashable {
    var region: String?
    var nativeID: String
    var name: String
    var description: String?
    var system: IntendedSystem
    /// What the provider itself calls the system; `nil` when it says nothing.
    var label: String?
    var visibility: String?
    var status: String?
    var bootMode: String?
    var sizeBytes: Int64?
    var minDiskGB: Int?
    var minRAMMB: Int?
    /// Microseconds since 1970.
    var createdAt: Int64?
    var updatedAt: Int64?
    var tags: [String] = []

    init(nativeID: String, name: String, system: IntendedSystem) {
        self.nativeID = nativeID
        self.name = name
        self.system = system
    }

    func write(to writer: inout JSONWriter, provider: SimulatedProvider) {
        writer.object { writer in
            writer.member("provider", provider.rawValue)
            writer.member("region", region)
            writer.member("native_id", nativeID)
            writer.member("name", name)
            writer.member("description", description)
            writer.key("os")
            writer.object { writer in
                writer.member("family", system.family)
                writer.member("distribution", system.distribution)
                writer.member("version", system.version)
                writer.member("label", label)
            }
            writer.member("architecture", system.architecture.rawValue)
            writer.member("visibility", visibility)
            writer.member("status", status)
            writer.member("boot_mode", bootMode)
            writer.member("size_bytes", optional: sizeBytes)
            writer.member("min_disk_gb", optional: minDiskGB)
            writer.member("min_ram_mb", optional: minRAMMB)
            writer.member("created_at", createdAt.map(CalendarText.exact))
            writer.member("updated_at", updatedAt.map(CalendarText.exact))
            writer.member("tags", tags)
        }
    }
}
