public import ImageModel

/// The answer to a `CatalogRequest`. It keeps the snapshots it came from alive.
public struct CatalogPage: Sendable {
    /// JSON objects with commas between them, ready to stand in brackets.
    public let rows: [UInt8]
    public let rowCount: Int
    /// Images that a walk over all pages visits: the matches, after `latestBy`.
    public let total: Int
    /// Matches before `latestBy` by upstream, each image counted for all its sources. Every upstream of
    /// the catalog is in it, also with 0.
    public let matchedByUpstream: [String: Int]
    /// In the order asked for; values by count, the largest first, then bytewise. Counted before
    /// `latestBy`. A missing value counts as `unknown`, values without matches are left out.
    public let facets: [(FacetField, [(value: String, count: Int)])]
    /// The key of the last row; `nil` on the last page.
    public let next: OrderKey?

    let references: [RowReference]

    /// Global ids of the rows.
    public var ids: [String] {
        references.map { String(decoding: $0.snapshot.idBytes($0.row), as: UTF8.self) }
    }

    /// The rows as images.
    public func images() -> [Image] {
        references.map { $0.snapshot.image($0.row) }
    }
}

/// One row of one snapshot.
struct RowReference: Sendable {
    let snapshot: Snapshot
    let row: Int
}
