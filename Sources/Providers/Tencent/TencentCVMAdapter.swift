internal import Cryptography
public import ImageModel
internal import Observability
public import Upstreams

/// Tencent Cloud CVM, `DescribeImages` of API 3.0 and of the API of 2017.
///
/// Sources: cloud.tencent.com document/product/213/15715 (3.0); document/api/213/9418 (2017).
public struct TencentCVMAdapter: ProviderAdapter {
    enum Dialect: String { case current = "3.0", legacy = "2017" }

    let dialect: Dialect
    let endpoint: ProviderEndpoint
    let region: String
    let pageSize: Int
    let memories = PageMemories()
    let upstreamID: String
    let secretID: String
    let secretKey: Redacted<String>
    let token: Redacted<String>?

    public static let volatileMembers: [StaticString] = ["RequestId"]

    public static let descriptor = ProviderDescriptor(
        name: "tencent-cvm",
        summary: "Tencent Cloud CVM images (DescribeImages)",
        region: .required,
        defaultEndpoint: "https://cvm.tencentcloudapi.com",
        dialectEndpoints: ["2017": "https://image.api.qcloud.com"],
        dialects: ["3.0", "2017"],
        credentialForms: [
            .init(name: "secret", required: ["secret_id", "secret_key"], optional: ["token"])
        ],
        pageSize: .init(standard: 100, maximum: 100)
    )

    public func forgetPages() { memories.forget() }

    public init(settings: UpstreamSettings) throws(UpstreamError) {
        let descriptor = TencentCVMAdapter.descriptor
        let credentials = try ProviderCredentials(settings, descriptor)
        dialect = Dialect(rawValue: try settings.dialect(descriptor)) ?? .current
        endpoint = try settings.endpoint(descriptor)
        region = try settings.requiredRegion(descriptor)
        pageSize = try settings.pageSize(descriptor)
        upstreamID = settings.id
        secretID = credentials["secret_id"]
        secretKey = Redacted(credentials["secret_key"])
        token = credentials.optional("token").map { Redacted($0) }
    }

    public var session: (any SessionAuthentication)? { nil }

    /// The API of 2017 wants another nonce each time.
    public var repeatsRequests: Bool { dialect == .current }

    /// Ids, types and one tag are exact. Names and platforms are not pushed down: whether their fuzzy
    /// match minds the case is undocumented, and the gateway's does not.
    public func pushdown(for query: ImageQuery) -> Pushdown? {
        var parameters: [Pushdown.Parameter] = []
        if let ids = pushableIDs(query.ids) { parameters.append(.init("image-id", ids)) }
        if let types = pushableTypes(query.visibilities) {
            parameters.append(.init("image-type", types))
        }
        if dialect == .current, query.tags.count == 1, let tag = query.tags.first {
            if let parameter = tagParameter(tag) { parameters.append(parameter) }
        }
        return parameters.isEmpty ? nil : Pushdown(parameters)
    }

    public func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        let offset = try position.rowOffset
        switch dialect {
        case .current: return currentRequest(offset: offset, pushdown: pushdown, date: date)
        case .legacy: return legacyRequest(offset: offset, pushdown: pushdown, date: date)
        }
    }

    public func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        try page(response, offset: position.rowOffset)
    }

    // MARK: Pushdown

    /// A filter takes five values. An id of another form would have the whole question refused, others' ids too.
    private func pushableIDs(_ ids: [String]) -> [String]? {
        NativeIDs.pushable(
            ids,
            provider: TencentCVMAdapter.descriptor.name,
            region: region,
            countMax: 5,
            isNative: Self.isImageID
        )
    }

    /// `img-` and eight small letters and digits, as the data type Image has it.
    private static func isImageID(_ id: String) -> Bool {
        let digits = id.utf8.dropFirst(4)
        return id.hasPrefix("img-") && digits.count == 8
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }

    private func pushableTypes(_ visibilities: [Visibility]) -> [String]? {
        var types: [String] = []
        for visibility in visibilities {
            switch visibility {
            case .public: types.append("PUBLIC_IMAGE")
            case .private: types.append("PRIVATE_IMAGE")
            case .shared: types.append("SHARED_IMAGE")
            case .marketplace: return nil
            }
        }
        return types.isEmpty || types.count > 3 ? nil : types
    }

    /// A tag with two `=` could be split in two ways, so it is not asked for.
    private func tagParameter(_ tag: String) -> Pushdown.Parameter? {
        let halves = tag.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard let key = halves.first, !key.isEmpty, tag.utf8.count <= 127 else { return nil }
        if halves.count == 1 { return .init("tag-key", [key]) }
        return halves.count == 2 && !halves[1].isEmpty ? .init("tag:\(key)", [halves[1]]) : nil
    }
}
