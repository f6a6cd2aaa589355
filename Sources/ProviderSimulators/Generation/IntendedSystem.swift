/// The operating system that the generator means, in the canonical words, before any provider spells it.
struct IntendedSystem: Sendable, Hashable {
    enum Architecture: String, Sendable, Hashable {
        case x86_64, arm64, i386, unknown
    }

    var distribution: String?
    var version: String?
    var architecture: Architecture
    /// `linux`, `windows`, `bsd`, `other` or `unknown`.
    var family: String

    init(
        _ distribution: String?,
        _ version: String?,
        _ architecture: Architecture,
        family: String? = nil
    ) {
        self.distribution = distribution
        self.version = version
        self.architecture = architecture
        self.family = family ?? IntendedSystem.family(of: distribution)
    }

    private static func family(of distribution: String?) -> String {
        switch distribution {
        case "windows", "windows-server": "windows"
        case "freebsd": "bsd"
        case "esxi": "other"
        case nil: "unknown"
        default: "linux"
        }
    }
}
