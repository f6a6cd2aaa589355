/// A whole request: head checked against RFC 9112, content read and unframed.
public struct HTTPRequest: Sendable, Hashable {
    /// As received; methods are case-sensitive (RFC 9110 §9.1).
    public var method: String
    /// Raw request target in origin form: `/v1/images?limit=2`.
    public var target: String
    /// In order of arrival, names in lower case.
    public var fields: [HTTPField]
    public var body: [UInt8]
    public var peer: HTTPPeer

    public init(
        method: String = "GET",
        target: String,
        fields: [HTTPField] = [],
        body: [UInt8] = [],
        peer: HTTPPeer = HTTPPeer()
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.peer = peer
    }

    /// The target before `?`, still percent-encoded.
    public var path: Substring {
        target[..<(queryMark ?? target.endIndex)]
    }

    /// The target after the first `?`, still percent-encoded; `nil` without one.
    public var query: Substring? {
        queryMark.map { target[target.utf8.index(after: $0)...] }
    }

    private var queryMark: String.Index? { target.utf8.firstIndex(of: UInt8(ascii: "?")) }
}

/// Who sent a request.
public struct HTTPPeer: Sendable, Hashable {
    /// Numeric address without port; empty where there is none.
    public var address: String
    public var isTLS: Bool
    /// The client's certificate, where it showed one that a configured authority signed.
    public var certificate: PeerCertificate?

    public init(address: String = "", isTLS: Bool = false, certificate: PeerCertificate? = nil) {
        self.address = address
        self.isTLS = isTLS
        self.certificate = certificate
    }

    public var isLoopback: Bool { address.hasPrefix("127.") || address == "::1" }
}

/// A whole answer. The server adds `content-length`, `date` and `connection` itself and drops the
/// content where the method or the status forbids one.
public struct HTTPResponse: Sendable, Hashable {
    public var status: Int
    /// Fields ahead of `fields`, as they are sent.
    public var lines = HTTPFieldLines()
    public var fields: [HTTPField]
    /// Content ahead of `body`, in pieces that meet on the wire alone: what is large is copied once.
    public var lead: [[UInt8]] = []
    public var body: [UInt8]
    /// Played instead of everything else, where a sick server is wanted; `nil` is the rule.
    public var script: WireScript?

    public init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    public var contentByteCount: Int { lead.reduce(body.count) { $0 + $1.count } }

    /// The same answer with all fields in `fields` and all content in `body`.
    public func joined() -> HTTPResponse {
        if lead.isEmpty, lines.isEmpty { return self }
        var joined = HTTPResponse(status: status, fields: lines.fields + fields)
        if lead.isEmpty {
            joined.body = body
            return joined
        }
        joined.body.reserveCapacity(contentByteCount)
        for piece in lead { joined.body += piece }
        joined.body += body
        return joined
    }
}
