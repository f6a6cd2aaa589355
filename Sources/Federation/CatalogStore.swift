internal import Catalogs
internal import Synchronization

/// The catalogs in use, one per combination of snapshots, least recently used out first. Each holds its rows in
/// memory, so those of lists that have been replaced go when the next one comes, and of the same upstreams only a few
/// are kept.
final class CatalogStore: Sendable {
    private let entries = Mutex<[Entry]>([])

    private struct Entry {
        /// A catalog holds its snapshots, so no identifier is ever used again while it is here.
        var identity: [ObjectIdentifier]
        var upstreams: [String]
        var catalog: KnownCatalog

        func isMade(of snapshots: [Snapshot]) -> Bool {
            guard identity.count == snapshots.count else { return false }
            return identity.indices.allSatisfy { identity[$0] == ObjectIdentifier(snapshots[$0]) }
        }
    }

    /// One per scope in use and a few for answers in between.
    private static let countMax = 16
    /// Combinations of the same upstreams: the current one, and narrowed lists beside it.
    private static let combinationsMax = 4

    /// `current` is asked for the snapshots of all lists where a catalog must be made.
    func catalog(of snapshots: [Snapshot], current: () -> [Snapshot]) -> KnownCatalog {
        // Nearly always it is the one of the last time.
        let latest = entries.withLock {
            $0.last?.isMade(of: snapshots) == true ? $0.last?.catalog : nil
        }
        if let latest { return latest }
        let identity = snapshots.map { ObjectIdentifier($0) }
        let known = entries.withLock { entries in
            guard let index = entries.lastIndex(where: { $0.identity == identity }) else {
                return KnownCatalog?.none
            }
            let entry = entries.remove(at: index)
            entries.append(entry)
            return entry.catalog
        }
        if let known { return known }
        let catalog = KnownCatalog(Catalog(snapshots))
        let entry = Entry(
            identity: identity,
            upstreams: snapshots.map(\.upstream),
            catalog: catalog
        )
        let living = Set(current().map { ObjectIdentifier($0) })
        // What leaves is freed outside the lock.
        let left = entries.withLock { Self.insert(entry, beside: living, into: &$0) }
        withExtendedLifetime(left) {}
        return catalog
    }

    private static func insert(
        _ entry: Entry,
        beside living: Set<ObjectIdentifier>,
        into entries: inout [Entry]
    ) -> [Entry] {
        // Another loop may have made the same one meanwhile.
        func isOver(_ old: Entry) -> Bool {
            old.identity == entry.identity || !old.identity.allSatisfy(living.contains)
        }
        var left = entries.filter(isOver)
        entries.removeAll(where: isOver)
        let same = entries.indices.filter { entries[$0].upstreams == entry.upstreams }
        if same.count >= combinationsMax {
            left.append(entries.remove(at: same[0]))
        } else if entries.count >= countMax {
            left.append(entries.removeFirst())
        }
        entries.append(entry)
        return left
    }
}
