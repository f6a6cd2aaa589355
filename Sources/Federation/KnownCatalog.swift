internal import Catalogs
internal import ImageModel
internal import Synchronization

/// A catalog, and the last page that was cut out of it for somebody who waited for upstreams. Where they all say
/// that nothing has changed, the next one who waits with the same question gets that page again.
final class KnownCatalog: Sendable {
    let catalog: Catalog
    private let last = Mutex<Cut?>(nil)

    /// Longer pages are cut anew: they would stay in memory for a question that may never come again.
    private static let rowBytesMax = 64 << 10

    /// One page, and what it was cut for.
    final class Cut: Sendable {
        let page: CatalogPage
        let nextCursor: String?
        private let request: ListRequest
        private let question: [UInt8]
        private let hour: Int64

        init(_ request: ListRequest, _ page: CatalogPage, _ nextCursor: String?, date: Timestamp) {
            self.page = page
            self.nextCursor = nextCursor
            self.request = request
            question = QuestionBytes(request).bytes
            hour = CursorSealer.hour(of: date)
        }

        /// Byte by byte, since equal strings may look for different bytes.
        func answers(_ other: ListRequest, date: Timestamp) -> Bool {
            hour == CursorSealer.hour(of: date) && request.limit == other.limit
                && request.fields == other.fields && request.facets == other.facets
                && request.cursor == other.cursor && question == QuestionBytes(other).bytes
        }
    }

    init(_ catalog: Catalog) {
        self.catalog = catalog
    }

    /// The last page, where the question is the same, from the same caller, and its cursor would be the same.
    func page(for request: ListRequest, date: Timestamp) -> Cut? {
        guard let cut = last.withLock({ $0 }), cut.answers(request, date: date) else { return nil }
        return cut
    }

    func keep(_ cut: Cut) {
        guard cut.page.rows.count <= Self.rowBytesMax else { return }
        // What leaves is freed outside the lock.
        let left = last.withLock { last in
            defer { last = cut }
            return last
        }
        withExtendedLifetime(left) {}
    }
}
