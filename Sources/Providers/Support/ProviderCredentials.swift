internal import Observability
internal import Upstreams

/// The credentials of one upstream and the form they have.
struct ProviderCredentials: Sendable, Hashable {
    /// Name of the descriptor's form that they fit.
    let form: String
    private let values: [String: Redacted<String>]

    /// Fails with `misconfigured` unless exactly one form fits and every value can go into a header.
    init(_ settings: UpstreamSettings, _ descriptor: ProviderDescriptor) throws(UpstreamError) {
        let keys = Set(settings.credentials.keys)
        let forms = descriptor.credentialForms.filter { form in
            keys.isSuperset(of: form.required)
                && keys.isSubset(of: form.required + form.optional)
        }
        guard forms.count == 1, let form = forms.first else {
            throw ProviderCredentials.noForm(descriptor)
        }
        for (key, value) in settings.credentials {
            guard ProviderCredentials.isSendable(value.revealed) else {
                throw UpstreamError(
                    misconfigured: "credentials.\(key)",
                    "is empty or holds control characters"
                )
            }
        }
        self.form = form.name
        self.values = settings.credentials
    }

    /// The value of a key; "" only where the form does not require it.
    subscript(_ key: String) -> String { values[key]?.revealed ?? "" }

    func optional(_ key: String) -> String? { values[key]?.revealed }

    /// Whether a text can stand in a header field (RFC 9110 §5.5).
    private static func isSendable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func noForm(_ descriptor: ProviderDescriptor) -> UpstreamError {
        let forms = descriptor.credentialForms.map { form in
            form.required.isEmpty ? "none" : "{\(form.required.joined(separator: ", "))}"
        }
        return UpstreamError(
            misconfigured: "credentials",
            "must be \(forms.joined(separator: " or ")) for \(descriptor.name)"
        )
    }
}
