public import Caching
public import Catalogs
public import ImageModel

/// One question: what to match, how to order and cut it, how long to wait, how fresh it must be.
public struct ListRequest: Sendable, Hashable {
    public var query = ImageQuery()
    public var order = ImageOrder.standard
    public var latestBy: [ImageField] = []
    public var facets: [FacetField] = []
    public var fields = FieldSelection.all
    /// Rows of one page.
    public var limit: Int
    /// As the caller sent it.
    public var cursor: String?
    /// How long the whole answer may take.
    public var deadline: Duration
    public var demand = FreshnessDemand()
    public var scope = Scope.all
    /// Who asks, as the configuration calls them; cursors are bound to it.
    public var client: String?
    /// Whether each upstream's entry explains itself.
    public var explains = false

    public init(limit: Int, deadline: Duration) {
        self.limit = limit
        self.deadline = deadline
    }
}
