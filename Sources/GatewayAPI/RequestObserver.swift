/// Who wants to know of answered requests: the access log and the metrics. Called on the loop; must not block.
public protocol RequestObserver: Sendable {
    func answered(_ record: RequestRecord)
}

/// One answered request.
public struct RequestRecord: Sendable {
    public var requestID: String
    public var method: String
    public var target: String
    public var status: Int
    /// Bytes of the content (of head and content for answers at once).
    public var byteCount: Int
    public var duration: Duration
    /// `hot`, `warm`, `cold` or `none`.
    public var temperature: String
    /// `nil` for an open gateway.
    public var client: String?
    public var peer: String
}
