/// One piece of work within a trace, as it ended.
public struct TraceSpan: Sendable, Hashable {
    public var name: String
    public var kind: Kind
    /// Its own id and its trace's.
    public var context: TraceContext
    /// `nil`: the trace begins here.
    public var parentID: UInt64?
    public var state: TraceState?
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var start: Int64
    public var duration: Duration
    /// In order. Names are those of OpenTelemetry's semantic conventions where there is one, else they begin
    /// with `image_gateway.`.
    public var attributes: [Attribute]
    /// A few words; `nil`: the work did not fail.
    public var error: String?

    /// Upper bound on attributes; further ones are dropped.
    public static let attributeCountMax = 32

    /// Numbers of OpenTelemetry's `SpanKind`.
    /// Source: opentelemetry-proto `trace/v1/trace.proto`, enum `SpanKind`.
    public enum Kind: Int, Sendable, Hashable {
        case `internal` = 1
        case server = 2
        case client = 3
    }

    public struct Attribute: Sendable, Hashable {
        public var name: String
        public var value: Value

        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    public enum Value: Sendable, Hashable {
        case text(String)
        case integer(Int)
        case flag(Bool)
    }

    public init(
        _ name: String,
        _ kind: Kind,
        _ context: TraceContext,
        parentID: UInt64? = nil,
        state: TraceState? = nil,
        start: Int64,
        duration: Duration,
        attributes: [Attribute] = [],
        error: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.context = context
        self.parentID = parentID
        self.state = state
        self.start = start
        self.duration = duration
        self.attributes = attributes
        self.error = error
    }

    /// Appends an attribute that has a value. Of a long text no more is kept than shows that it was cut when it is sent.
    public mutating func set(_ name: String, _ text: String?) {
        guard let text else { return }
        let scalarsMax = OTLPTraces.textBytesMax + 1
        let kept =
            text.utf8.count <= scalarsMax
            ? text : String(text.unicodeScalars.prefix(scalarsMax))
        attributes.append(Attribute(name, .text(kept)))
    }

    public mutating func set(_ name: String, _ number: Int?) {
        if let number { attributes.append(Attribute(name, .integer(number))) }
    }
}
