internal import ImageModel
internal import Observability
public import Upstreams

/// Huawei Cloud IMS, Open Telekom Cloud IMS and, with a token, any OpenStack Glance.
///
/// Sources: support.huaweicloud.com api-ims (Glance-compatible and native lists); devg-apisign;
/// docs.openstack.org Image service API v2.
public struct HuaweiIMSAdapter: ProviderAdapter {
    enum Dialect: String { case openstack, cloudimages }

    enum Proof: Sendable {
        case signature(HuaweiSDKSigner, projectID: String, securityToken: Redacted<String>?)
        case session
        case token(Redacted<String>)
    }

    let dialect: Dialect
    let endpoint: ProviderEndpoint
    let region: String
    let pageSize: Int
    let memories = PageMemories()
    let proof: Proof
    public let session: (any SessionAuthentication)?

    public static let descriptor = ProviderDescriptor(
        name: "huawei-ims",
        summary: "Huawei Cloud Image Management Service, and compatible OpenStack Glance",
        region: .required,
        defaultEndpoint: "https://ims.{region}.myhuaweicloud.com",
        dialects: ["openstack", "cloudimages"],
        credentialForms: [
            .init(
                name: "access-key",
                required: ["access_key", "secret_key", "project_id"],
                optional: ["security_token"]
            ),
            .init(
                name: "password",
                required: ["username", "password", "domain", "project"],
                needs: ["iam_endpoint"]
            ),
            .init(name: "token", required: ["token"]),
        ],
        extraKeys: ["iam_endpoint"],
        pageSize: .init(standard: 100, maximum: 1_000)
    )

    public func forgetPages() { memories.forget() }

    public init(settings: UpstreamSettings) throws(UpstreamError) {
        let descriptor = HuaweiIMSAdapter.descriptor
        let credentials = try ProviderCredentials(settings, descriptor)
        dialect = Dialect(rawValue: try settings.dialect(descriptor)) ?? .openstack
        region = try settings.requiredRegion(descriptor)
        endpoint = try settings.endpoint(descriptor)
        pageSize = try settings.pageSize(descriptor)
        proof = HuaweiIMSAdapter.proof(credentials)
        session =
            credentials.form == "password" ? try HuaweiIAMSession(settings, credentials) : nil
    }

    private static func proof(_ credentials: ProviderCredentials) -> Proof {
        switch credentials.form {
        case "access-key":
            let signer = HuaweiSDKSigner(
                accessKey: credentials["access_key"],
                secretKey: Redacted(credentials["secret_key"])
            )
            return .signature(
                signer,
                projectID: credentials["project_id"],
                securityToken: credentials.optional("security_token").map { Redacted($0) }
            )
        case "token": return .token(Redacted(credentials["token"]))
        default: return .session
        }
    }

    public func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        try page(response, at: position)
    }
}
