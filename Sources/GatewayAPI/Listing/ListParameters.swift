/// The query parameters of `GET /v1/images`, in the order of the documentation. The decoder, the
/// did-you-mean, the OpenAPI document and the command line all read this table.
public enum ListParameter: String, Sendable, Hashable, CaseIterable {
    case provider, region, upstream, id, name, q
    case osFamily = "os_family"
    case osDistribution = "os_distribution"
    case osVersion = "os_version"
    case architecture, visibility, status
    case bootMode = "boot_mode"
    case tag
    case createdAfter = "created_after"
    case createdBefore = "created_before"
    case updatedAfter = "updated_after"
    case updatedBefore = "updated_before"
    case minDiskGBMax = "min_disk_gb_max"
    case minRAMMBMax = "min_ram_mb_max"
    case sort, limit, cursor, fields
    case latestBy = "latest_by"
    case facets, deadline, require, explain

    /// Whether it may be repeated; the values of a repetition add up.
    public var isRepeatable: Bool {
        switch self {
        case .createdAfter, .createdBefore, .updatedAfter, .updatedBefore, .minDiskGBMax,
            .minRAMMBMax,
            .sort, .limit, .cursor, .deadline, .require, .explain:
            false
        default: true
        }
    }

    /// Whether cursors are good for one value of it alone: it says which images are asked for, or in which order.
    var bindsCursors: Bool {
        switch self {
        case .limit, .cursor, .fields, .facets, .deadline, .require, .explain: false
        default: true
        }
    }

    /// The parameter of that exact name.
    static func named(_ name: String) -> ListParameter? {
        let byteCount = name.utf8.count
        guard byteCount < byByteCount.count else { return nil }
        return byByteCount[byteCount].first { $0.name == name }?.parameter
    }

    /// Few names are as long as each other, and a comparison costs less than a hash.
    private static let byByteCount: [[(name: String, parameter: ListParameter)]] = {
        let byteCountMax = allCases.map(\.rawValue.utf8.count).max() ?? 0
        return (0...byteCountMax).map { byteCount in
            allCases.map { ($0.rawValue, $0) }.filter { $0.0.utf8.count == byteCount }
        }
    }()
}
