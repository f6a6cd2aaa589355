/// A member whose values can be counted (`facets`) and grouped by (`latest_by`). Raw values are the words
/// of the public API.
public enum ImageField: String, Sendable, Hashable, CaseIterable {
    case provider, region, upstream
    case family = "os_family"
    case distribution = "os_distribution"
    case version = "os_version"
    case architecture, visibility, status
}

/// The fields that `facets` counts are the ones `latest_by` groups by.
public typealias FacetField = ImageField
