/// The values of one row in every column with few distinct values, as tokens. Rows that agree in all of
/// them share a profile, so counting values means counting profiles.
struct Profile: Sendable, Hashable {
    var provider: UInt32 = 0
    var region: UInt32 = 0
    var family: UInt32 = 0
    var distribution: UInt32 = 0
    var version: UInt32 = 0
    var architecture: UInt32 = 0
    var visibility: UInt32 = 0
    var status: UInt32 = 0
    var bootMode: UInt32 = 0
    /// Index into the snapshot's source lists.
    var sources: UInt32 = 0
    /// Index into the snapshot's places: `provider:region:`, with which a global id begins.
    var place: UInt32 = 0

    init() {}

    init(_ words: ClosedWords) {
        family = words.family
        architecture = words.architecture
        visibility = words.visibility
        status = words.status
        bootMode = words.bootMode
    }

    enum Column: Int, CaseIterable {
        case provider, region, family, distribution, version, architecture, visibility, status,
            bootMode
    }

    subscript(column: Column) -> Int {
        switch column {
        case .provider: Int(provider)
        case .region: Int(region)
        case .family: Int(family)
        case .distribution: Int(distribution)
        case .version: Int(version)
        case .architecture: Int(architecture)
        case .visibility: Int(visibility)
        case .status: Int(status)
        case .bootMode: Int(bootMode)
        }
    }
}
