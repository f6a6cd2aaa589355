/// What a provider accepts in the configuration: the one source for the decoder's checks, the JSON Schema,
/// the documentation and the conformance tests.
public struct ProviderDescriptor: Sendable, Hashable {
    /// The word after `provider:` in the configuration, for example `huawei-ims`.
    public var name: String
    /// One line for people: whose API this is.
    public var summary: String
    public var region: RegionRule
    /// Where the API lives when the configuration does not say. `{region}` stands for the region.
    /// `nil`: the operator must say.
    public var defaultEndpoint: String?
    /// Default endpoints of dialects that live elsewhere than `defaultEndpoint`.
    public var dialectEndpoints: [String: String]
    /// Dialects for `api:`, the default first; empty where there is only one.
    public var dialects: [String]
    /// Ways to authenticate; a form without keys means that credentials may be absent.
    public var credentialForms: [CredentialForm]
    /// Further keys of the upstream that only this provider knows: `iam_endpoint`, `path`.
    public var extraKeys: [String]
    /// `nil` where the list is not paged.
    public var pageSize: PageSizeRule?

    public enum RegionRule: Sendable, Hashable {
        case required
        /// The upstream's id stands in when the configuration names none.
        case defaultsToUpstreamID
        /// Each image names its own; a configured one is pushed down.
        case fromImages
    }

    public struct CredentialForm: Sendable, Hashable {
        public var name: String
        public var required: [String]
        public var optional: [String]
        /// Keys of the upstream that this form needs beside `endpoint`, for example `iam_endpoint`.
        public var needs: [String]

        public init(name: String, required: [String], optional: [String] = [], needs: [String] = [])
        {
            self.name = name
            self.required = required
            self.optional = optional
            self.needs = needs
        }
    }

    public struct PageSizeRule: Sendable, Hashable {
        public var standard: Int
        public var maximum: Int

        public init(standard: Int, maximum: Int) {
            self.standard = standard
            self.maximum = maximum
        }
    }

    public init(
        name: String,
        summary: String,
        region: RegionRule,
        defaultEndpoint: String?,
        dialectEndpoints: [String: String] = [:],
        dialects: [String] = [],
        credentialForms: [CredentialForm],
        extraKeys: [String] = [],
        pageSize: PageSizeRule? = nil
    ) {
        self.name = name
        self.summary = summary
        self.region = region
        self.defaultEndpoint = defaultEndpoint
        self.dialectEndpoints = dialectEndpoints
        self.dialects = dialects
        self.credentialForms = credentialForms
        self.extraKeys = extraKeys
        self.pageSize = pageSize
    }

    /// Where the API lives when the configuration does not say: the dialect's own default or the common
    /// one, with `{region}` filled in. `nil` where the operator must say, or where the region is missing.
    public func endpoint(region: String?, api: String?) -> String? {
        guard let pattern = api.flatMap({ dialectEndpoints[$0] }) ?? defaultEndpoint else {
            return nil
        }
        let parts = pattern.split(separator: "{region}", omittingEmptySubsequences: false)
        if parts.count == 1 { return pattern }
        guard let region else { return nil }
        return parts.joined(separator: region)
    }
}
