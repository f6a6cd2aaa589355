/// What a request was about, in words that may label a metric.
public enum Route: String, Sendable, Hashable, CaseIterable {
    case list = "/v1/images"
    case image = "/v1/images/{id}"
    case upstreams = "/v1/upstreams"
    case openapi = "/openapi.json"
    /// The explorer, the reference and their files.
    case page = "page"
    /// Nothing that is there.
    case other = "other"

    /// The route of a path that was answered with `status`.
    init(path: some StringProtocol, status: Int) {
        switch path {
        case "/v1/images": self = .list
        case "/v1/upstreams": self = .upstreams
        case "/openapi.json": self = .openapi
        case _ where path.hasPrefix("/v1/images/"): self = .image
        default: self = status == 404 ? .other : .page
        }
    }

    /// Its place among all.
    public var index: Int {
        switch self {
        case .list: 0
        case .image: 1
        case .upstreams: 2
        case .openapi: 3
        case .page: 4
        case .other: 5
        }
    }
}
