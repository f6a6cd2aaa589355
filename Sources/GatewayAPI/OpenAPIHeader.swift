internal import JSONText

/// The header fields of answers that the document describes.
enum OpenAPIHeader: String, CaseIterable {
    case requestID = "X-Request-Id"
    case contentTypeOptions = "X-Content-Type-Options"
    case entityTag = "ETag"
    case age = "Age"
    case cacheControl = "Cache-Control"
    case cacheStatus = "Cache-Status"
    case vary = "Vary"
    case link = "Link"
    case serverTiming = "Server-Timing"
    case allow = "Allow"
    case authenticate = "WWW-Authenticate"
    case retryAfter = "Retry-After"
    case allowOrigin = "Access-Control-Allow-Origin"
    case exposeHeaders = "Access-Control-Expose-Headers"
    case contentEncoding = "Content-Encoding"
    case contentSecurityPolicy = "Content-Security-Policy"
    case referrerPolicy = "Referrer-Policy"
    case openerPolicy = "Cross-Origin-Opener-Policy"
    case resourcePolicy = "Cross-Origin-Resource-Policy"

    /// On every answer of the public port.
    static let common: [OpenAPIHeader] = [
        .requestID, .contentTypeOptions, .contentEncoding, .vary, .allowOrigin, .exposeHeaders,
    ]
    /// On every answer that caches may look at.
    static let caching: [OpenAPIHeader] = [.entityTag, .age, .cacheControl, .cacheStatus]

    static var content: JSONValue {
        .object(allCases.map { JSONValue.Member($0.rawValue, $0.object) })
    }

    static func references(_ headers: [OpenAPIHeader]) -> JSONValue {
        .object(
            headers.map { JSONValue.Member($0.rawValue, .reference("headers", $0.rawValue)) }
        )
    }

    private var object: JSONValue {
        let isNumber = self == .age || self == .retryAfter
        let schema: JSONValue =
            isNumber ? ["type": "integer", "minimum": 0] : ["type": "string"]
        return ["description": .string(text), "schema": schema, "example": example]
    }

    private var text: String {
        switch self {
        case .requestID: "Names this answer in the gateway's log."
        case .contentTypeOptions: "Always nosniff."
        case .entityTag:
            "Weak for lists: equal while the same images would be answered. If-None-Match with it gives 304."
        case .age: "Seconds since the oldest list in the answer was read (RFC 9111 §5.1)."
        case .cacheControl:
            "public on an open gateway, private with client keys; no-cache where the answer is not whole."
        case .cacheStatus:
            """
            Whether anybody had to be asked (RFC 9211), and why: `fwd=miss` where nothing was kept, `fwd=stale` where \
            what was kept is too old, `fwd=request` where the request's `Cache-Control` alone is the reason.
            """
        case .vary: "What else the answer depends on."
        case .link: "The next page, rel=\"next\" (RFC 8288); absent on the last one."
        case .serverTiming: "Milliseconds spent in the gateway."
        case .allow: "The methods of this route."
        case .authenticate: "How to show a key."
        case .retryAfter: "Seconds until a next attempt may pass."
        case .allowOrigin: "The request's origin, where the configuration allows it (cors.origins)."
        case .exposeHeaders: "What scripts of that origin may read."
        case .contentEncoding: "gzip where the caller accepts it and the content is large enough."
        case .contentSecurityPolicy:
            "A page takes scripts, styles and answers from its own origin alone."
        case .referrerPolicy: "Addresses of views stay here."
        case .openerPolicy: "Pages share nothing with who opened them."
        case .resourcePolicy: "Pages and their files are for this origin alone."
        }
    }

    private var example: JSONValue {
        switch self {
        case .requestID: "97bf7d0a21c9fe46-000000000002"
        case .contentTypeOptions: "nosniff"
        case .entityTag: "W/\"c3ffb3beef3bec608cf674a5\""
        case .age: 12
        case .cacheControl: "public, max-age=600"
        case .cacheStatus: "image-gateway; hit; ttl=588"
        case .vary: "accept-encoding"
        case .link: "</v1/images?limit=2&cursor=Nb9ZdYZiFvkF>; rel=\"next\""
        case .serverTiming: "gateway;dur=0.4"
        case .allow: "GET, HEAD, OPTIONS"
        case .authenticate: "Bearer realm=\"image-gateway\""
        case .retryAfter: 1
        case .allowOrigin: "https://portal.example"
        case .exposeHeaders:
            "link, etag, age, cache-status, retry-after, server-timing, x-request-id"
        case .contentEncoding: "gzip"
        case .contentSecurityPolicy: "default-src 'none'; script-src 'self'"
        case .referrerPolicy: "no-referrer"
        case .openerPolicy, .resourcePolicy: "same-origin"
        }
    }
}
