public import ImageModel

/// Several snapshots as one list. Images that several upstreams list under one global id are merged: the
/// first upstream in configuration order wins member by member, later ones fill what is unknown.
public struct Catalog: Sendable {
    /// A snapshot and its rows that stand merged in the overlay instead.
    struct Part: Sendable {
        let snapshot: Snapshot
        let excluded: RowSet?
        /// Whether its rows are merged from those of several upstreams.
        var isOverlay = false
    }

    /// In configuration order; the overlay of merged rows comes last.
    let parts: [Part]
    let upstreams: [String]

    /// Snapshots in configuration order. O(1) per snapshot unless two can share ids, which takes a common
    /// provider and region; then linear in their rows.
    public init(_ snapshots: [Snapshot]) {
        parts = Catalog.merged(snapshots)
        upstreams = snapshots.map(\.upstream)
    }

    /// One image as a JSON object, by global id.
    public func row(id: String, fields: FieldSelection) -> [UInt8]? {
        guard let found = find(id) else { return nil }
        return RowEncoder(fields: fields).encoded([found], of: parts)
    }

    /// One image by global id, and the upstreams that list it in configuration order.
    public func image(id: String) -> (image: Image, sources: [String])? {
        guard let found = find(id) else { return nil }
        let snapshot = parts[found.part].snapshot
        return (snapshot.image(found.row), snapshot.sources(found.row))
    }

    private func find(_ id: String) -> RowAddress? {
        let id = Array(id.utf8)
        for (index, part) in parts.enumerated() {
            guard let row = part.snapshot.row(id: id), part.excluded?.contains(row) != true
            else { continue }
            return RowAddress(part: index, row: row)
        }
        return nil
    }
}
