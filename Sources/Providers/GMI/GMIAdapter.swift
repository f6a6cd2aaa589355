public import ImageModel
internal import JSONText
internal import Observability
public import Upstreams

/// GMI Cloud's Cluster Engine, `GET /v1/images`: system images for bare-metal servers, one unpaged list
/// over all data centres.
/// Source: docs.gmicloud.ai, OpenAPI 2.4.0 (`/api-spec/service_api.yaml`).
public struct GMIAdapter: ProviderAdapter {
    let endpoint: ProviderEndpoint
    /// The data centre asked for; `nil` for all of them.
    let region: String?
    private let upstreamID: String
    private let memories = PageMemories()
    private let token: Redacted<String>?
    public let session: (any SessionAuthentication)?

    /// Names this client to the provider wherever a session is used.
    static let clientField = UpstreamField("CE-ClientId", "image-gateway")

    /// What the documented server URL ends in, and the vendor's client's. Our paths begin with it, so an endpoint may
    /// have it or not.
    private static let serverPaths = ["/api/v1", "/api"]

    public static let descriptor = ProviderDescriptor(
        name: "gmi",
        summary: "GMI Cloud Cluster Engine images",
        region: .fromImages,
        defaultEndpoint: "https://console.gmicloud.ai",
        credentialForms: [
            .init(name: "token", required: ["token"]),
            .init(name: "session", required: ["email", "password"]),
        ]
    )

    public func forgetPages() { memories.forget() }

    public init(settings: UpstreamSettings) throws(UpstreamError) {
        let credentials = try ProviderCredentials(settings, GMIAdapter.descriptor)
        endpoint = try settings.endpoint(GMIAdapter.descriptor).without(GMIAdapter.serverPaths)
        if let region = settings.region, !GMIAdapter.isName(region, bytesMax: 50) {
            throw UpstreamError(
                misconfigured: "region",
                "must be up to 50 letters, digits, `.`, `_` and `-` for gmi"
            )
        }
        region = settings.region
        upstreamID = settings.id
        token = credentials.optional("token").map { Redacted($0) }
        session = credentials.form == "session" ? GMISession(endpoint, credentials) : nil
    }

    /// One data centre, where the configuration names none, and one product.
    public func pushdown(for query: ImageQuery) -> Pushdown? {
        var parameters: [Pushdown.Parameter] = []
        if region == nil, query.regions.count == 1, let place = query.regions.first,
            GMIAdapter.isName(place, bytesMax: 50)
        {
            parameters.append(.init("idc", [place]))
        }
        if query.tags.count == 1, let tag = query.tags.first, tag.hasPrefix("product="),
            case let product = String(tag.dropFirst("product=".count)),
            GMIAdapter.isName(product, bytesMax: 256)
        {
            parameters.append(.init("product", [product]))
        }
        return parameters.isEmpty ? nil : Pushdown(parameters)
    }

    public func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        var query = QueryString()
        if let region { query.add("idc", region) }
        for parameter in pushdown?.parameters ?? [] {
            for value in parameter.values { query.add(parameter.name, value) }
        }
        return UpstreamRequest(
            url: endpoint.url(path: "/api/v1/images", query: query),
            fields: try [UpstreamField("Accept", "application/json")] + proof(session)
        )
    }

    public func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        guard response.status == 200 else {
            throw GMIErrorCode.error(response, isInSession: session != nil)
        }
        return try ListPage(bareList: response, memories) { reader, images throws(JSONError) in
            var record = GMIImageRecord()
            try record.read(&reader)
            record.append(to: &images, asked: region, standIn: upstreamID, &reader)
        }
    }

    // MARK: Parts

    private func proof(_ session: Session?) throws(UpstreamError) -> [UpstreamField] {
        if let token { return [UpstreamField("Authorization", "Bearer \(token.revealed)")] }
        guard let session else { throw UpstreamError.missingSession }
        return [
            UpstreamField("Authorization", "Bearer \(session.token.revealed)"),
            GMIAdapter.clientField,
        ]
    }

    /// `^[a-zA-Z0-9._-]+$`, the pattern of data centres and products.
    private static func isName(_ text: String, bytesMax: Int) -> Bool {
        !text.isEmpty && text.utf8.count <= bytesMax && text.utf8.allSatisfy(ErrorBody.isWordByte)
    }
}
