internal import ImageModel
internal import Upstreams

/// What the request for one page depends on, the time apart.
struct PageQuestion: Sendable, Hashable {
    var position: PagePosition
    var pushdown: Pushdown?
    var session: Session?
    /// Of the page as it is known, which need not come again (RFC 9110 §13.1.2).
    var entityTag: String?

    func request(
        _ adapter: any ProviderAdapter,
        _ date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        var request = try adapter.pageRequest(
            at: position,
            pushdown: pushdown,
            session: session,
            date: date
        )
        if request.method == "GET", let entityTag {
            request.fields.append(UpstreamField("If-None-Match", entityTag))
        }
        return request
    }
}

/// The last request for a first page. Signatures change with the second, so in a busy one the list is asked
/// for with the same bytes, which are neither put together nor signed again.
///
/// A class: it is looked at under a lock, and a copy has many references to count.
final class RecentRequest: Sendable {
    let question: PageQuestion
    let second: Int64
    let request: UpstreamRequest

    init(question: PageQuestion, second: Int64, request: UpstreamRequest) {
        self.question = question
        self.second = second
        self.request = request
    }

    func answers(_ question: PageQuestion, _ date: Timestamp) -> Bool {
        date.seconds == second && self.question == question
    }
}
