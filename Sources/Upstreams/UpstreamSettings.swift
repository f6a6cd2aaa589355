public import Observability

/// What an adapter needs to know of one configured upstream. Values are validated and secrets resolved.
public struct UpstreamSettings: Sendable, Hashable {
    /// Unique id of the upstream in the configuration.
    public var id: String
    /// Name of the provider, as its descriptor spells it.
    public var provider: String
    /// `nil` only where the provider's region rule allows it.
    public var region: String?
    /// Origin with an optional path prefix, without a trailing slash: `https://ims.cn-north-4.myhuaweicloud.com`.
    public var endpoint: String
    /// Huawei's identity service, where a session is needed.
    public var iamEndpoint: String?
    /// Dialect of the provider's API; `nil` means the descriptor's first.
    public var api: String?
    /// Path of the list call where an installation departs from the documented one (Aries).
    public var path: String?
    /// By key of the descriptor's credential forms.
    public var credentials: [String: Redacted<String>]
    /// Images asked for per page; `nil` means the descriptor's default.
    public var pageSize: Int?

    public init(
        id: String,
        provider: String,
        region: String? = nil,
        endpoint: String,
        iamEndpoint: String? = nil,
        api: String? = nil,
        path: String? = nil,
        credentials: [String: Redacted<String>] = [:],
        pageSize: Int? = nil
    ) {
        self.id = id
        self.provider = provider
        self.region = region
        self.endpoint = endpoint
        self.iamEndpoint = iamEndpoint
        self.api = api
        self.path = path
        self.credentials = credentials
        self.pageSize = pageSize
    }
}
