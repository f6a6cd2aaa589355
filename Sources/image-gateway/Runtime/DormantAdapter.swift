internal import ImageModel
internal import Upstreams

/// Stands where an upstream is switched off and could not be called as it is configured. Never asked.
struct DormantAdapter: ProviderAdapter {
    static var descriptor: ProviderDescriptor { preconditionFailure("no provider is dormant") }

    var session: (any SessionAuthentication)? { nil }

    private static var switchedOff: UpstreamError {
        UpstreamError(.misconfigured, "it is switched off")
    }

    init(settings: UpstreamSettings) {}

    func pushdown(for query: ImageQuery) -> Pushdown? { nil }

    func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        throw Self.switchedOff
    }

    func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        throw Self.switchedOff
    }
}
