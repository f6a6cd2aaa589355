internal import Cryptography
public import ImageModel
internal import JSONText
internal import Observability
public import Upstreams

/// Zenlayer virtual machines, `DescribeImages`: the published shape and the draft of 2023.
///
/// Sources: docs.console.zenlayer.com, api-reference/vm/image/describeimages and
/// api-introduction/instruction/{sign,request,response}.
public struct ZenlayerAdapter: ProviderAdapter {
    enum Dialect: String { case published, draft }

    let dialect: Dialect
    let endpoint: ProviderEndpoint
    /// The zone, or the region of the draft.
    let region: String
    let pageSize: Int
    let memories = PageMemories()
    private let signer: ZC2Signer?
    private let token: Redacted<String>?

    public static let volatileMembers: [StaticString] = ["requestId"]

    public static let descriptor = ProviderDescriptor(
        name: "zenlayer",
        summary: "Zenlayer virtual machine images (DescribeImages)",
        region: .required,
        defaultEndpoint: "https://console.zenlayer.com",
        dialects: ["published", "draft"],
        credentialForms: [
            .init(name: "access-key", required: ["access_key_id", "access_key_password"]),
            .init(name: "token", required: ["token"]),
        ],
        pageSize: .init(standard: 100, maximum: 1_000)
    )

    public func forgetPages() { memories.forget() }

    public init(settings: UpstreamSettings) throws(UpstreamError) {
        let descriptor = ZenlayerAdapter.descriptor
        let credentials = try ProviderCredentials(settings, descriptor)
        dialect = Dialect(rawValue: try settings.dialect(descriptor)) ?? .published
        endpoint = try settings.endpoint(descriptor)
        region = try settings.requiredRegion(descriptor)
        pageSize = try settings.pageSize(descriptor)
        token = credentials.optional("token").map { Redacted($0) }
        signer =
            token != nil
            ? nil
            : ZC2Signer(
                keyID: credentials["access_key_id"],
                keyPassword: Redacted(credentials["access_key_password"])
            )
    }

    public var session: (any SessionAuthentication)? { nil }

    /// Ids, type and the one status that has one spelling. Names, categories and systems are not pushed
    /// down: how they are compared is undocumented.
    public func pushdown(for query: ImageQuery) -> Pushdown? {
        var parameters: [Pushdown.Parameter] = []
        let ids = NativeIDs.pushable(
            query.ids,
            provider: ZenlayerAdapter.descriptor.name,
            region: region,
            countMax: 20,
            isNative: NativeIDs.isWord
        )
        if let ids { parameters.append(.init("imageIds", ids)) }
        switch query.visibilities {
        case [.public]: parameters.append(.init("imageType", ["PUBLIC_IMAGE"]))
        case [.private]: parameters.append(.init("imageType", ["CUSTOM_IMAGE"]))
        default: break
        }
        if query.statuses == [.available] {
            parameters.append(.init("imageStatus", ["AVAILABLE"]))
        }
        return parameters.isEmpty ? nil : Pushdown(parameters)
    }

    public func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        let body = body(pageNumber: try position.pageNumber.number, pushdown: pushdown)
        var fields = [
            UpstreamField("Content-Type", "application/json"),
            UpstreamField("Accept", "application/json"),
            UpstreamField("X-ZC-Action", "DescribeImages"),
            UpstreamField("X-ZC-Version", "2023-03-13"),
            UpstreamField("X-ZC-Service", "vm"),
        ]
        fields += proof(body, date)
        return UpstreamRequest(
            method: "POST",
            url: endpoint.url(path: "/api/v2/vm"),
            fields: fields,
            body: body
        )
    }

    public func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        try page(response, at: position)
    }

    // MARK: Request

    private func proof(_ body: [UInt8], _ date: Timestamp) -> [UpstreamField] {
        guard let signer else {
            return [UpstreamField("Authorization", "Bearer \(token?.revealed ?? "")")]
        }
        let authorization = signer.authorization(
            authority: endpoint.authority,
            contentType: "application/json",
            body: body,
            date: date
        )
        return [
            UpstreamField("X-ZC-Timestamp", String(date.seconds)),
            UpstreamField("X-ZC-Signature-Method", "ZC2-HMAC-SHA256"),
            UpstreamField("Authorization", authorization),
        ]
    }

    private func body(pageNumber: Int, pushdown: Pushdown?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member(dialect == .draft ? "regionId" : "zoneId", region)
            for parameter in pushdown?.parameters ?? [] {
                if parameter.name == "imageIds" {
                    writer.member(parameter.name, parameter.values)
                } else if let value = parameter.values.first {
                    writer.member(parameter.name, value)
                }
            }
            writer.member("pageNum", pageNumber)
            writer.member("pageSize", pageSize)
        }
        return writer.bytes
    }
}
