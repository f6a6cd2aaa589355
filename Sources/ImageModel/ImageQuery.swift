/// What an image must be to match: AND across members, OR within one; an empty member asks nothing.
public struct ImageQuery: Sendable, Hashable {
    public var providers: [String] = []
    public var regions: [String] = []
    /// Ids of configured upstreams, matched against every source of an image.
    public var upstreams: [String] = []
    /// Global ids or the provider's own.
    public var ids: [String] = []
    /// Patterns over the whole name, case-insensitive; `*` and `?` are wildcards.
    public var names: [String] = []
    /// Words that must all occur in name, description, OS label, id or tags; case-insensitive.
    public var words: [String] = []
    public var families: [OperatingSystemFamily] = []
    /// Canonical distribution ids; `unknown` matches images without one.
    public var distributions: [String] = []
    /// Prefixes by component: `7` matches `7` and `7.9`, never `70`.
    public var versions: [String] = []
    public var architectures: [Architecture] = []
    public var visibilities: [Visibility] = []
    public var statuses: [ImageStatus] = []
    public var bootModes: [BootMode] = []
    /// `key` or `key=value`.
    public var tags: [String] = []
    /// Inclusive; images without the date never match a bound.
    public var createdAfter: Timestamp?
    /// Exclusive.
    public var createdBefore: Timestamp?
    public var updatedAfter: Timestamp?
    public var updatedBefore: Timestamp?
    /// The image fits a machine with this much; images without the figure match.
    public var minDiskGBMax: Int?
    public var minRAMMBMax: Int?

    public init() {}
}
