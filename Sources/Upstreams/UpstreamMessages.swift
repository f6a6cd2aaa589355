/// One header field of a call to an upstream. Names compare without case.
public struct UpstreamField: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Compared without case (ASCII).
    public func isNamed(_ other: String) -> Bool {
        guard name.utf8.count == other.utf8.count else { return false }
        let (own, other) = (name.utf8.span, other.utf8.span)
        for index in own.indices where Self.lowered(own[index]) != Self.lowered(other[index]) {
            return false
        }
        return true
    }

    /// Capitals of ASCII as small letters.
    static func lowered(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}

/// One call to an upstream: absolute URL, header fields in order, body.
public struct UpstreamRequest: Sendable, Hashable {
    public var method: String
    /// Absolute, percent-encoded.
    public var url: String
    public var fields: [UpstreamField]
    public var body: [UInt8]

    public init(
        method: String = "GET",
        url: String,
        fields: [UpstreamField] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}

/// What came back, whole. The body is decompressed and within the transport's bound.
public struct UpstreamResponse: Sendable, Hashable {
    public var status: Int
    public var fields: UpstreamFields
    public var body: [UInt8]
    /// The page as it was when it was last read, if somebody remembers: what stands in it again need not be
    /// read again.
    public var known: KnownPage?

    public init(status: Int, fields: UpstreamFields = UpstreamFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    public init(status: Int, fields: [UpstreamField], body: [UInt8] = []) {
        self.init(status: status, fields: UpstreamFields(fields), body: body)
    }

    /// The value of the first field of that name, compared without case (ASCII).
    public func value(of name: String) -> String? { fields.value(of: name) }
}
