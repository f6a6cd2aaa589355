import Upstreams

extension ConfigurationSchema {
    /// A configuration with every key and a comment for each, in JSON5, ending in a line end.
    ///
    /// It is valid as it stands, given the variables and files that it names.
    public func example() -> [UInt8] {
        var writer = ExampleWriter()
        writer.comment(
            "Every key of the configuration. Values are the defaults where there are any."
        )
        writer.comment("Relative paths begin at this file's folder.")
        writer.open("{")
        for key in root.keys where key.name != "upstreams" { writer.write(key) }
        writeUpstreams(to: &writer)
        writer.close("}")
        return Array(writer.text.utf8)
    }

    private func writeUpstreams(to writer: inout ExampleWriter) {
        guard let key = root["upstreams"], case .list(.object(let object), _) = key.kind else {
            return
        }
        writer.comment(key.documentation)
        writer.open("upstreams: [")
        let forms = descriptors.flatMap { descriptor in
            descriptor.credentialForms.map { (descriptor, $0) }
        }
        // The table's examples are of this provider; the first one stands for all if it is not there.
        let main = forms.firstIndex { $0.0.name == "huawei-ims" } ?? 0
        for (index, form) in forms.enumerated() where index == main {
            writeWhole(object, form.0, form.1, to: &writer)
        }
        for (index, form) in forms.enumerated() where index != main {
            writeShort(object, form.0, form.1, to: &writer)
        }
        writer.close("],")
    }

    /// Every key that goes with the form, with its comment.
    private func writeWhole(
        _ object: SchemaObject,
        _ descriptor: ProviderDescriptor,
        _ form: ProviderDescriptor.CredentialForm,
        to writer: inout ExampleWriter
    ) {
        writer.comment("\(descriptor.name): \(descriptor.summary), with all keys.")
        writer.open("{")
        for key in object.keys where fits(key.name, descriptor, form) {
            if case .credentials = key.kind {
                writer.comment(key.documentation)
                writer.credentials(form, provider: descriptor.name)
            } else if let value = special(key.name, descriptor, isWhole: true) {
                writer.comment(key.documentation)
                writer.line("\(key.name): \(value),")
            } else {
                writer.write(key)
            }
        }
        writer.close("},")
    }

    /// What tells this provider and form from others.
    private func writeShort(
        _ object: SchemaObject,
        _ descriptor: ProviderDescriptor,
        _ form: ProviderDescriptor.CredentialForm,
        to writer: inout ExampleWriter
    ) {
        writer.comment("\(descriptor.name) with credentials \(form.text)")
        writer.open("{")
        for key in object.keys where fits(key.name, descriptor, form) {
            if case .credentials = key.kind {
                writer.credentials(form, provider: descriptor.name)
            } else if key.name == "id" {
                writer.line("id: \"\(descriptor.name)-\(form.name)\",")
            } else if let value = special(key.name, descriptor, isWhole: false) {
                writer.line("\(key.name): \(value),")
            }
        }
        writer.close("},")
    }

    private func fits(
        _ key: String,
        _ descriptor: ProviderDescriptor,
        _ form: ProviderDescriptor.CredentialForm
    ) -> Bool {
        switch key {
        case "api": !descriptor.dialects.isEmpty
        case "credentials": !form.required.isEmpty
        case "page_size": descriptor.pageSize != nil
        case _ where descriptor.credentialForms.contains { $0.needs.contains(key) }:
            form.needs.contains(key)
        default: !schemaExtraKeys.contains(key) || descriptor.extraKeys.contains(key)
        }
    }

    /// Values that depend on the provider; `nil`: the table's example will do.
    private func special(
        _ key: String,
        _ descriptor: ProviderDescriptor,
        isWhole: Bool
    ) -> String? {
        switch key {
        case "provider": "\"\(descriptor.name)\""
        case "api": "\"\(descriptor.dialects.first ?? "")\""
        case "region" where !isWhole: descriptor.region == .required ? "\"region-1\"" : nil
        case "endpoint" where !isWhole && descriptor.defaultEndpoint == nil:
            "\"https://\(descriptor.name).example\""
        case _ where schemaExtraKeys.contains(key) && !isWhole:
            upstreamExample(key)
        default: nil
        }
    }

    private func upstreamExample(_ key: String) -> String? {
        guard case .list(.object(let object), _)? = root["upstreams"]?.kind else { return nil }
        return object[key]?.example
    }
}
