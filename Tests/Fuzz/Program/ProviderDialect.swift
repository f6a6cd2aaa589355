import ImageModel
import JSONText
import Observability
import Providers
import Upstreams

/// One dialect of one provider's API, configured.
struct ProviderDialect: Sendable {
    let descriptor: ProviderDescriptor
    let adapter: any ProviderAdapter
    let settings: UpstreamSettings

    static let endpoint = "https://cloud.example:8443/prefix"
    static let date = Timestamp(seconds: 1_767_225_600)

    /// Every dialect with the first way to authenticate.
    static let all: [ProviderDialect] = ProviderRegistry.descriptors.flatMap { descriptor in
        let names = descriptor.dialects.isEmpty ? [nil] : descriptor.dialects.map(Optional.some)
        return names.map { ProviderDialect(descriptor, $0, descriptor.credentialForms[0]) }
    }

    /// Every way to authenticate that needs a login.
    static let withSession: [ProviderDialect] = ProviderRegistry.descriptors.flatMap { descriptor in
        descriptor.credentialForms.map { ProviderDialect(descriptor, nil, $0) }
    }.filter { $0.adapter.session != nil }

    private init(
        _ descriptor: ProviderDescriptor,
        _ dialect: String?,
        _ form: ProviderDescriptor.CredentialForm
    ) {
        var settings = UpstreamSettings(
            id: "one",
            provider: descriptor.name,
            region: descriptor.region == .fromImages ? nil : "region-1",
            endpoint: ProviderDialect.endpoint,
            api: dialect
        )
        for key in form.required + form.optional {
            settings.credentials[key] = Redacted(key == "header_name" ? "X-Key" : "some-\(key)")
        }
        if form.needs.contains("iam_endpoint") { settings.iamEndpoint = "https://iam.example" }
        self.descriptor = descriptor
        self.settings = settings
        do throws(UpstreamError) {
            adapter = try ProviderRegistry.makeAdapter(settings: settings)
        } catch {
            fatalError("\(descriptor.name): \(error.message)")
        }
    }

    /// Whether a request goes where the configuration says and is one request only.
    static func isProper(_ request: UpstreamRequest) -> Bool {
        // A `next` link is the origin's, whatever prefix the endpoint has.
        let origins = ["https://cloud.example:8443/", "https://iam.example/"]
        return origins.contains { request.url.hasPrefix($0) }
            && request.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            && request.fields.allSatisfy { field in
                field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            }
    }
}

extension JSONValue {
    /// The document once for each object in its lists, with that object alone; itself where there is none.
    var rowsAlone: [JSONValue] {
        switch self {
        case .array(let elements) where elements.first?.objectValue != nil:
            return elements.map { .array([$0]) }
        case .object(let members):
            guard let index = members.firstIndex(where: { $0.value.holdsRows }) else {
                return [self]
            }
            return members[index].value.rowsAlone.map { value in
                var members = members
                members[index].value = value
                return .object(members)
            }
        default: return [self]
        }
    }

    private var holdsRows: Bool {
        arrayValue?.first?.objectValue != nil
            || objectValue?.contains { $0.value.holdsRows } == true
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}
