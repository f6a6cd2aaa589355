/// One header field of a call to an upstream. Names compare without case.
public struct UpstreamField: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
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
    public var fields: [UpstreamField]
    public var body: [UInt8]

    public init(status: Int, fields: [UpstreamField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The first field of that name, compared without case (ASCII).
    public func value(of name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
