public import ImageModel

/// Several snapshots as one list. Images that several upstreams list under one global id are merged: the
/// first upstream in configuration order wins member by member, later ones fill what is unknown.
public struct Catalog: Sendable {
    /// A snapshot and its rows that stand merged in the overlay instead.
    struct Part: Sendable {
        let snapshot: Snapshot
        let excluded: RowSet?
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
        var encoder = RowEncoder(fields: fields)
        encoder.append(found.row, of: found.snapshot)
        return encoder.bytes
    }

    /// One image by global id, and the upstreams that list it in configuration order.
    public func image(id: String) -> (image: Image, sources: [String])? {
        guard let found = find(id) else { return nil }
        return (found.snapshot.image(found.row), found.snapshot.sources(found.row))
    }

    private func find(_ id: String) -> RowReference? {
        for part in parts {
            guard let row = part.snapshot.row(id: id.utf8), part.excluded?.contains(row) != true
            else { continue }
            return RowReference(snapshot: part.snapshot, row: row)
        }
        return nil
    }
}
