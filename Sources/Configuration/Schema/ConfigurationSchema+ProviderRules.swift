import JSONText
import Upstreams

extension ConfigurationSchema {
    /// For each provider: if it is that one, then these keys.
    func providerRules() -> JSONValue {
        .array(
            descriptors.map { descriptor in
                let name = JSONValue.object([.init("const", .string(descriptor.name))])
                return .object([
                    .init("if", .object([.init("properties", .object([.init("provider", name)]))])),
                    .init("then", consequence(descriptor)),
                ])
            }
        )
    }

    private func consequence(_ descriptor: ProviderDescriptor) -> JSONValue {
        var required: [JSONValue] = []
        if descriptor.region == .required { required.append(.string("region")) }
        if descriptor.defaultEndpoint == nil { required.append(.string("endpoint")) }
        var properties: [JSONValue.Member] = []
        let extraKeys = Set(schemaExtraKeys).subtracting(descriptor.extraKeys).sorted()
        properties += extraKeys.map { .init($0, .bool(false)) }
        properties.append(.init("api", Self.dialects(descriptor)))
        properties.append(.init("page_size", Self.pageSize(descriptor)))
        return .object([
            .init("required", .array(required)), .init("properties", .object(properties)),
            .init("anyOf", .array(descriptor.credentialForms.map { Self.form($0, descriptor) })),
        ])
    }

    /// Keys of an upstream that not every provider has.
    var schemaExtraKeys: [String] {
        Set(descriptors.flatMap(\.extraKeys) + ["iam_endpoint", "path"]).sorted()
    }

    private static func dialects(_ descriptor: ProviderDescriptor) -> JSONValue {
        guard !descriptor.dialects.isEmpty else { return .bool(false) }
        return .object([.init("enum", .array(descriptor.dialects.map { .string($0) }))])
    }

    private static func pageSize(_ descriptor: ProviderDescriptor) -> JSONValue {
        guard let rule = descriptor.pageSize else { return .bool(false) }
        return .object([.init("maximum", .number("\(rule.maximum)"))])
    }

    private static func form(
        _ form: ProviderDescriptor.CredentialForm,
        _ descriptor: ProviderDescriptor
    ) -> JSONValue {
        let keys = form.required + form.optional
        let credentials = JSONValue.object([
            .init("properties", .object(keys.map { .init($0, .bool(true)) })),
            .init("required", .array(form.required.map { .string($0) })),
            .init("additionalProperties", .bool(false)),
        ])
        let useless = Set(descriptor.credentialForms.flatMap(\.needs)).subtracting(form.needs)
        let properties =
            [JSONValue.Member("credentials", credentials)]
            + useless.sorted().map { .init($0, .bool(false)) }
        let required = (form.required.isEmpty ? [] : ["credentials"]) + form.needs
        return .object([
            .init("title", .string(form.name)), .init("properties", .object(properties)),
            .init("required", .array(required.map { .string($0) })),
        ])
    }
}
