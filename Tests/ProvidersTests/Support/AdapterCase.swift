import ImageModel
import JSONText
import Observability
import Providers
import Testing
import Upstreams

/// One way to configure one provider: a credential form and a dialect.
struct AdapterCase: Sendable, CustomTestStringConvertible {
    var descriptor: ProviderDescriptor
    var form: ProviderDescriptor.CredentialForm
    var dialect: String?

    static let all: [AdapterCase] = ProviderRegistry.descriptors.flatMap { descriptor in
        let dialects =
            descriptor.dialects.isEmpty ? [nil] : descriptor.dialects.map { $0 as String? }
        return descriptor.credentialForms.flatMap { form in
            dialects.map { AdapterCase(descriptor: descriptor, form: form, dialect: $0) }
        }
    }

    /// One case per dialect: answers do not depend on the credentials.
    static let dialects: [AdapterCase] = all.filter { $0.form == $0.descriptor.credentialForms[0] }

    var testDescription: String {
        [descriptor.name, form.name, dialect].compactMap(\.self).joined(separator: " ")
    }

    static let endpoint = "https://cloud.example:8443/prefix"
    static let date = Timestamp(seconds: 1_767_225_600)

    /// A secret that is easy to find again: no other text holds it.
    static func secret(_ key: String) -> String {
        key == "header_name" ? "X-Key" : "planted-\(key)"
    }

    var settings: UpstreamSettings {
        var settings = UpstreamSettings(
            id: "one",
            provider: descriptor.name,
            region: "region-1",
            endpoint: AdapterCase.endpoint,
            api: dialect
        )
        for key in form.required + form.optional {
            settings.credentials[key] = Redacted(AdapterCase.secret(key))
        }
        if form.needs.contains("iam_endpoint") { settings.iamEndpoint = "https://iam.example" }
        return settings
    }

    func adapter() throws -> any ProviderAdapter {
        try ProviderRegistry.makeAdapter(settings: settings)
    }

    /// The adapter whose fixtures' images are all within reach: without a region where it can do without.
    func adapterForFixtures() throws -> any ProviderAdapter {
        var settings = settings
        if descriptor.region != .required { settings.region = nil }
        return try ProviderRegistry.makeAdapter(settings: settings)
    }

    /// A session for adapters that list after a login.
    func session(for adapter: any ProviderAdapter) -> Session? {
        adapter.session == nil ? nil : Session(token: "planted-session")
    }

    /// The pages of this dialect's fixtures, without `.json`; the images stand beside in `.expected`.
    var pages: [String] {
        let prefix = "page.\(dialect.map { "\($0)." } ?? "")"
        return Fixtures.names(in: descriptor.name)
            .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }
            .map { "\(descriptor.name)/\($0.dropLast(5))" }
    }

    /// The fixtures' pages cut into pages of one image each, so that trying everything stays quick.
    func shortPages() throws -> [JSONValue] {
        try pages.flatMap { name in
            let page = try JSONValue(parsing: try Fixtures.read("\(name).json"))
            guard let list = page.pathOfList else { return [JSONValue]() }
            return (page.value(at: list)?.arrayValue ?? []).map { row in
                page.replacing(list[...], with: .array([row]))
            }
        }
    }
}
