import Upstreams

extension ProviderDescriptor {
    /// Every key that some form of credentials knows, in the order of the forms.
    var credentialKeys: [String] {
        var seen: Set<String> = []
        return credentialForms.flatMap { $0.required + $0.optional }.filter {
            seen.insert($0).inserted
        }
    }

    /// `{ access_key, secret_key, security_token? } or { token }`
    var credentialFormsText: String {
        credentialForms.map(\.text).joined(separator: " or ")
    }
}

extension ProviderDescriptor.CredentialForm {
    /// `{ access_key, secret_key, security_token? }`
    var text: String {
        guard !required.isEmpty || !optional.isEmpty else { return "none" }
        return "{ \((required + optional.map { "\($0)?" }).joined(separator: ", ")) }"
    }

    /// Whether exactly these keys make the form.
    func matches(_ keys: Set<String>) -> Bool {
        keys.isSuperset(of: required) && keys.isSubset(of: required + optional)
    }
}
