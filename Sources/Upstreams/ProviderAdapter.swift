public import ImageModel

/// One provider's API without I/O: builds requests, reads answers. Values in, values out.
public protocol ProviderAdapter: Sendable {
    static var descriptor: ProviderDescriptor { get }

    /// Fails with `misconfigured` where the settings cannot work.
    init(settings: UpstreamSettings) throws(UpstreamError)

    /// Members of an answer that differ each time and say nothing about the list, such as a request's id:
    /// two answers that differ in nothing else list the same images.
    static var volatileMembers: [StaticString] { get }

    /// How this upstream logs in before it lists; `nil` where each request carries its own proof.
    var session: (any SessionAuthentication)? { get }

    /// The part of `query` that the provider can filter itself. Whatever it lists then is a superset of
    /// what matches; the rest is filtered by the gateway. `nil` where nothing can be pushed down.
    func pushdown(for query: ImageQuery) -> Pushdown?

    /// The request for one page.
    func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest

    /// Whether the request for a page does for the whole second of its `date`, however often it is sent;
    /// `false` where the provider refuses to see the same bytes twice.
    var repeatsRequests: Bool { get }

    /// Reads one answer: images and where the next page is, or the provider's error as a typed one.
    func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage

    /// Forgets what earlier pages have taught, which makes the next ones quicker to read and changes nothing that is
    /// read.
    func forgetPages()
}

extension ProviderAdapter {
    public static var volatileMembers: [StaticString] { [] }

    public var repeatsRequests: Bool { true }

    public func forgetPages() {}
}

/// Where a page begins, in the provider's own way of counting.
public enum PagePosition: Sendable, Hashable {
    case first
    /// Rows before this page.
    case offset(Int)
    /// 1-based page number, and the rows that came before this page: a provider may cap its pages below what is
    /// asked, so that the number alone does not tell.
    case number(Int, after: Int)
    /// Exclusive: the page starts after this id.
    case marker(String)
    /// Path and query on the upstream's own origin.
    case link(String)
}

/// One decoded page.
public struct ListPage: Sendable {
    public var images: [Image]
    /// `nil` on the last page.
    public var next: PagePosition?
    /// Matches over all pages, where the provider counts them. It may lie.
    public var total: Int?
    /// Elements of the list that cannot be images, because they have no usable id or are no objects.
    public var unreadableCount: Int
    /// What the page held that the adapter did not expect; each counts as schema drift.
    public var drift: [String]
    /// Where the images come from, in order, if the page is short; known objects have none in `images`.
    public var objects: [ListObject]

    public init(
        images: [Image],
        next: PagePosition? = nil,
        total: Int? = nil,
        unreadableCount: Int = 0,
        drift: [String] = [],
        objects: [ListObject] = []
    ) {
        self.images = images
        self.next = next
        self.total = total
        self.unreadableCount = unreadableCount
        self.drift = drift
        self.objects = objects
    }
}

/// Filters in the provider's own spelling, in a fixed order.
public struct Pushdown: Sendable, Hashable {
    public var parameters: [Parameter]

    public struct Parameter: Sendable, Hashable {
        public var name: String
        public var values: [String]

        public init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    public init(_ parameters: [Parameter]) {
        self.parameters = parameters
    }
}
