public import ImageModel
public import Observability

/// Who wants to know of answered requests: the access log and the metrics. One instance per responder; called
/// on its loop's thread alone; must not block.
public protocol RequestObserver: Sendable {
    /// `client` is an id in the configuration: letters, digits, `.`, `_` and `-`; `nil` for an open gateway. `target`
    /// as it came, still percent-encoded.
    func answered(
        _ record: borrowing RequestRecord,
        client: String?,
        peer: String,
        target: Span<UInt8>
    )
    /// A request ended before anybody knew what it asks for.
    func refused(_ record: RefusalRecord)
    /// The loop's cache of finished answers changed. What it drops because its time has come is told with the
    /// next change.
    func cached(answerCount: Int, byteCount: Int)
}

/// A request that the server itself refused.
public struct RefusalRecord: Sendable {
    public var requestID: RequestID
    public var date: Timestamp
    /// A reason's raw value, such as `target-too-long`.
    public var reason: String
    public var status: Int
    /// Bytes of the content.
    public var byteCount: Int
    public var peer: String
}

/// One answered request; its texts apart, which are lent: to copy a target, and to count references to the others,
/// would cost more than to write them.
public struct RequestRecord: ~Copyable, Sendable {
    public var requestID: RequestID
    public var date: Timestamp
    public var method: RequestMethod
    public var status: Int
    /// Bytes of the content (of head and content for answers at once).
    public var byteCount: Int
    public var duration: Duration
    public var temperature: Temperature
    public var route: Route
    /// Last part of the problem's type, where the answer is one.
    public var problem: String?
    /// `nil` where the request belongs to no trace.
    public var traceID: TraceContext.TraceID?
    /// `TargetRedaction.isPlain` of the target, where that is known from an earlier answer; else `nil`.
    public var isTargetPlain: Bool?
}
