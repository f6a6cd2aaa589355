public import ImageModel
public import Observability

/// Who wants to know of answered requests: the access log and the metrics. One instance per responder; called
/// on its loop's thread alone; must not block.
public protocol RequestObserver: Sendable {
    /// `target` as it came, still percent-encoded.
    func answered(_ record: borrowing RequestRecord, target: Span<UInt8>)
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

/// One answered request, its target apart: that is too long to be copied for every answer. Lent to whoever wants to
/// know and never copied: to count references to its texts would cost more than to write some of them.
public struct RequestRecord: ~Copyable, Sendable {
    public var requestID: RequestID
    public var date: Timestamp
    public var method: String
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
    /// Id in the configuration: letters, digits, `.`, `_` and `-`. `nil` for an open gateway.
    public var client: String?
    public var peer: String
    /// `TargetRedaction.isPlain` of the target, where that is known from an earlier answer; else `nil`.
    public var isTargetPlain: Bool?

    /// The method where it is one of RFC 9110 §9 or RFC 5789, else OpenTelemetry's word for all others: clients
    /// write into a method, too, what belongs elsewhere.
    public var shownMethod: String {
        switch method {
        case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT": method
        default: "_OTHER"
        }
    }
}
