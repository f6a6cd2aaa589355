internal import Cryptography
public import ImageModel
internal import JSONText
internal import Observability
public import Upstreams

/// Aries, the node service of CloudStack-tech: one unpaged list per installation.
///
/// Nothing is pushed down: the list is small, and its filters look at one member each, while the
/// gateway understands a system from all of them.
/// Source: `cloudstack-tech/aries-docs`, `src/api/image/list-image.md` (2025-09).
public struct AriesAdapter: ProviderAdapter {
    private let url: String
    private let region: String
    private let memories = PageMemories()
    /// The field that proves who calls; its value is a secret.
    private let proof: Redacted<UpstreamField>?

    public static let descriptor = ProviderDescriptor(
        name: "aries",
        summary: "Aries, the Hyper-V node service of CloudStack-tech",
        region: .defaultsToUpstreamID,
        defaultEndpoint: nil,
        credentialForms: [
            .init(name: "none", required: []),
            .init(name: "basic", required: ["username", "password"]),
            .init(name: "bearer", required: ["token"]),
            .init(name: "header", required: ["header_name", "header_value"]),
        ],
        extraKeys: ["path"]
    )

    public func forgetPages() { memories.forget() }

    public init(settings: UpstreamSettings) throws(UpstreamError) {
        let descriptor = AriesAdapter.descriptor
        let path = settings.path ?? "/aries/api/v1/image/list"
        guard path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 && $0 != 0x3F })
        else { throw UpstreamError(misconfigured: "path", "must begin with / and hold no query") }
        url = try settings.endpoint(descriptor).url(path: path)
        region = settings.region ?? settings.id
        guard !region.contains(",") else {
            throw UpstreamError(
                misconfigured: "region",
                "holds a comma, which separates regions in a request"
            )
        }
        let credentials = try ProviderCredentials(settings, descriptor)
        proof = try AriesAdapter.proof(credentials).map { Redacted($0) }
    }

    public var session: (any SessionAuthentication)? { nil }

    public func pushdown(for query: ImageQuery) -> Pushdown? { nil }

    public func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        let accept = UpstreamField("Accept", "application/json")
        return UpstreamRequest(url: url, fields: [accept] + [proof?.revealed].compactMap(\.self))
    }

    public func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        guard response.status == 200 else { throw AriesErrorCode.error(response) }
        return try ListPage(bareList: response, memories) { reader, images throws(JSONError) in
            var record = AriesImageRecord()
            try record.read(&reader)
            record.append(to: &images, region: region, &reader)
        }
    }

    private static func proof(
        _ credentials: ProviderCredentials
    ) throws(UpstreamError) -> UpstreamField? {
        switch credentials.form {
        case "basic":
            // RFC 7617 §2: a colon would end the user name early.
            guard !credentials["username"].contains(":") else {
                throw UpstreamError(misconfigured: "credentials.username", "cannot hold a colon")
            }
            let pair = "\(credentials["username"]):\(credentials["password"])"
            return UpstreamField(
                "Authorization",
                "Basic \(Base64.standard.encode(Array(pair.utf8)))"
            )
        case "bearer":
            return UpstreamField("Authorization", "Bearer \(credentials["token"])")
        case "header":
            guard FieldName.isToken(credentials["header_name"]) else {
                throw UpstreamError(misconfigured: "credentials.header_name", "is no field name")
            }
            guard !FieldName.isReserved(credentials["header_name"]) else {
                throw UpstreamError(
                    misconfigured: "credentials.header_name",
                    "is a field of HTTP itself"
                )
            }
            return UpstreamField(credentials["header_name"], credentials["header_value"])
        default: return nil
        }
    }
}
