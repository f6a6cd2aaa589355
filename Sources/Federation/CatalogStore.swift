internal import Catalogs
internal import Synchronization

/// The catalogs in use, one per combination of snapshots. Publishing makes new combinations; old ones leave
/// when newer ones need their place.
final class CatalogStore: Sendable {
    private let entries = Mutex<[Entry]>([])

    private struct Entry {
        var identity: [ObjectIdentifier]
        var catalog: Catalog
    }

    /// One per scope in use and a few for answers in between.
    private static let countMax = 16

    func catalog(of snapshots: [Snapshot]) -> Catalog {
        let identity = snapshots.map { ObjectIdentifier($0) }
        let known = entries.withLock { entries in
            entries.first { $0.identity == identity }?.catalog
        }
        if let known { return known }
        let catalog = Catalog(snapshots)
        entries.withLock { entries in
            if entries.count == Self.countMax { entries.removeFirst() }
            entries.append(Entry(identity: identity, catalog: catalog))
        }
        return catalog
    }
}
