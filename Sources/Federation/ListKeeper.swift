public import Catalogs
public import ImageModel
public import Upstreams

/// Where published lists outlive the process.
///
/// Both verbs return at once, whatever the disk does; of several lists of one upstream the newest counts.
public protocol ListKeeper: Sendable {
    /// A walk ended with this list. It mostly is the one that is kept already, read again.
    func keep(_ list: KeptList)
    /// The upstream's list was forgotten, by its owner's wish.
    func forget(upstream id: String)
}

/// One upstream's list as it outlives the process.
public struct KeptList: Sendable {
    /// What it was read with: under other settings it is another list.
    public let settings: UpstreamSettings
    public let snapshot: Snapshot
    /// When the walk ended, by the wall clock.
    public let fetchedAt: Timestamp
    /// How long the walk took.
    public let latency: Duration
    /// Whether it ends at `images_max`.
    public let isCut: Bool

    public init(
        settings: UpstreamSettings,
        snapshot: Snapshot,
        fetchedAt: Timestamp,
        latency: Duration,
        isCut: Bool
    ) {
        self.settings = settings
        self.snapshot = snapshot
        self.fetchedAt = fetchedAt
        self.latency = latency
        self.isCut = isCut
    }
}
