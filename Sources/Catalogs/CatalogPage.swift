public import ImageModel

/// The answer to a `CatalogRequest`. It keeps the snapshots it came from alive.
public struct CatalogPage: Sendable {
    /// JSON objects with commas between them, ready to stand in brackets.
    public let rows: [UInt8]
    public let rowCount: Int
    /// Images that a walk over all pages visits: the matches, after `latestBy`.
    public let total: Int
    /// In the order asked for; values by count, the largest first, then bytewise. Counted before
    /// `latestBy`. A missing value counts as `unknown`, values without matches are left out.
    public let facets: [(FacetField, [(value: String, count: Int)])]
    /// The key of the last row; `nil` on the last page.
    public let next: OrderKey?

    let upstreams: [String]
    let matchCounts: [Int]
    let addresses: [RowAddress]
    let parts: [Catalog.Part]

    /// Matches before `latestBy` of an upstream, each image counted for all its sources; 0 for an upstream
    /// that the catalog does not have.
    public func matchCount(of upstream: String) -> Int {
        upstreams.firstIndex(of: upstream).map { matchCounts[$0] } ?? 0
    }

    /// Global ids of the rows.
    public var ids: [String] {
        addresses.map { String(decoding: parts[$0.part].snapshot.idBytes($0.row), as: UTF8.self) }
    }

    /// The rows as images.
    public func images() -> [Image] {
        addresses.map { parts[$0.part].snapshot.image($0.row) }
    }
}
