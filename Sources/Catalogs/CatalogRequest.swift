public import ImageModel

/// One question to a catalog.
public struct CatalogRequest: Sendable, Hashable {
    public var query: ImageQuery
    public var order: ImageOrder
    /// Keep only the newest image of each group of equal values; empty keeps all. An image with several
    /// sources belongs to the first of them.
    public var latestBy: [ImageField]
    /// Counted over all matches, also those that `latestBy` leaves out.
    public var facets: [FacetField]
    /// Rows at most; 0 or less asks for totals and facets alone.
    public var limit: Int
    /// Begin behind this row; `nil` begins with the first. A key of another order begins nowhere: no rows.
    public var after: OrderKey?
    public var fields: FieldSelection

    public init(
        query: ImageQuery = ImageQuery(),
        order: ImageOrder = .standard,
        latestBy: [ImageField] = [],
        facets: [FacetField] = [],
        limit: Int = 50,
        after: OrderKey? = nil,
        fields: FieldSelection = .all
    ) {
        self.query = query
        self.order = order
        self.latestBy = latestBy
        self.facets = facets
        self.limit = limit
        self.after = after
        self.fields = fields
    }
}
