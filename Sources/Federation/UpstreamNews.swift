public import Observability
public import Upstreams

/// What an operator wants to read once, not with every walk: an upstream begins to fail, fails for another
/// reason, or answers again.
public struct UpstreamNews: Sendable, Hashable {
    public enum Event: Sendable, Hashable {
        case failing(UpstreamError)
        /// How long its walks had failed.
        case recovered(after: Duration)
    }

    public var upstream: String
    public var provider: String
    public var event: Event
    /// The request that began the walk; `nil` where none waits for it.
    public var requestID: RequestID?
    /// Images that are answered from the last list meanwhile, or from now on; `nil`: none.
    public var images: Int?
}

extension UpstreamNode {
    func report(_ event: UpstreamNews.Event, images: Int?) {
        environment.report?(
            UpstreamNews(
                upstream: id,
                provider: settings.provider,
                event: event,
                requestID: RequestID.current,
                images: images
            )
        )
    }
}

extension UpstreamError.Code {
    /// Whether it says why an upstream fails; the others say that it is not asked, or not yet done.
    var isCause: Bool {
        switch self {
        case .circuitOpen, .stillLoading, .notCached, .cancelled: false
        default: true
        }
    }
}
