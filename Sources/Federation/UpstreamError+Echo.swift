internal import Observability
internal import Upstreams

extension UpstreamError {
    /// The same without a provider's code that repeats what we sent: some clouds put the very key that they refuse into
    /// their errors, and the code is the one part of an answer that callers of the gateway get to see.
    func withoutEcho(of request: UpstreamRequest?, secrets: [Redacted<String>]) -> UpstreamError {
        guard let code = providerCode else { return self }
        let isEcho =
            secrets.contains { Self.repeats(code, $0.revealed) }
            || request?.fields.contains { Self.isPart(code, of: $0.value) } == true
        guard isEcho else { return self }
        var error = self
        error.providerCode = nil
        return error
    }

    /// Shorter ones are words that occur everywhere.
    private static let secretBytesMin = 4
    private static let partBytesMin = 8

    private static func repeats(_ code: String, _ secret: String) -> Bool {
        (secret.utf8.count >= secretBytesMin && code.contains(secret)) || isPart(code, of: secret)
    }

    private static func isPart(_ code: String, of text: String) -> Bool {
        code.utf8.count >= partBytesMin && text.contains(code)
    }
}
