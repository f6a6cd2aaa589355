import Upstreams

extension ConfigurationChecker {
    /// Credentials must be exactly one of the provider's forms, with what the form needs beside it.
    mutating func checkCredentials(_ descriptor: ProviderDescriptor, at upstream: ConfigurationPath)
    {
        let path = upstream.appending("credentials")
        guard let given = credentialKeys(at: path, descriptor) else { return }
        guard let form = descriptor.credentialForms.first(where: { $0.matches(given) }) else {
            return report(.error, path, Self.mismatch(given, descriptor), at: .key)
        }
        checkNeeds(of: form, descriptor, at: upstream)
    }

    /// The keys that stand there, typing errors put right; `nil` where it is no object.
    private mutating func credentialKeys(
        at path: ConfigurationPath,
        _ descriptor: ProviderDescriptor
    ) -> Set<String>? {
        guard let tree = document.tree[path] else { return [] }
        guard case .object(let members) = tree else { return nil }
        let known = descriptor.credentialKeys
        var keys: Set<String> = []
        for key in members.keys {
            if known.contains(key) {
                keys.insert(key)
            } else {
                reportUnknown(key, at: path, known: known)
                if let meant = Likeness.closest(to: key, among: known) { keys.insert(meant) }
            }
        }
        return keys
    }

    private mutating func checkNeeds(
        of form: ProviderDescriptor.CredentialForm,
        _ descriptor: ProviderDescriptor,
        at upstream: ConfigurationPath
    ) {
        for key in form.needs where !isPresent(upstream.appending(key)) {
            let message = "is missing; credentials \(form.text) need it"
            report(.error, upstream.appending(key), TextComplaint(message))
        }
        for key in Set(descriptor.credentialForms.flatMap(\.needs)).subtracting(form.needs)
        where isPresent(upstream.appending(key)) {
            let users = descriptor.credentialForms.filter { $0.needs.contains(key) }.map(\.text)
            let message = "is of no use without credentials \(users.joined(separator: " or "))"
            report(.error, upstream.appending(key), TextComplaint(message), at: .key)
        }
    }

    /// Measured against the form that is nearest: what is missing, what is too much.
    private static func mismatch(
        _ given: Set<String>,
        _ descriptor: ProviderDescriptor
    ) -> TextComplaint {
        let forms = "\(descriptor.name) takes \(descriptor.credentialFormsText)"
        guard !given.isEmpty, let form = nearest(given, descriptor) else {
            return TextComplaint("are missing", forms)
        }
        let missing = form.required.filter { !given.contains($0) }
        let extra = given.subtracting(form.required + form.optional).sorted()
        var parts: [String] = []
        if !missing.isEmpty { parts.append("\(list(missing)) missing") }
        if !extra.isEmpty { parts.append("\(list(extra)) too much") }
        return TextComplaint("\(parts.joined(separator: ", ")) for \(form.text)", forms)
    }

    private static func nearest(
        _ given: Set<String>,
        _ descriptor: ProviderDescriptor
    ) -> ProviderDescriptor.CredentialForm? {
        descriptor.credentialForms.filter { !$0.required.isEmpty }.min { first, second in
            distance(given, first) < distance(given, second)
        }
    }

    private static func distance(
        _ given: Set<String>,
        _ form: ProviderDescriptor.CredentialForm
    ) -> Int {
        let missing = Set(form.required).subtracting(given).count
        return missing + 2 * given.subtracting(form.required + form.optional).count
    }

    private static func list(_ keys: [String]) -> String {
        "\(keys.joined(separator: ", ")) \(keys.count == 1 ? "is" : "are")"
    }
}
