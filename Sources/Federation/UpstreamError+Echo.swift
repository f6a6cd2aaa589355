internal import Observability
internal import Upstreams

extension UpstreamError {
    /// The same without a provider's code that repeats what we sent: some clouds put the very key that they refuse into
    /// their errors, and the code is the one part of an answer that callers of the gateway get to see.
    func withoutEcho(of request: UpstreamRequest?, secrets: [Redacted<String>]) -> UpstreamError {
        guard let code = providerCode else { return self }
        let isEcho =
            secrets.contains { Self.repeats(code, $0.revealed) }
            || request.map { Self.repeats(code, $0) } == true
        return isEcho ? withoutProviderCode : self
    }

    /// Shorter ones are words that occur everywhere.
    private static let secretBytesMin = 4
    private static let partBytesMin = 8

    private static func repeats(_ code: String, _ secret: String) -> Bool {
        (secret.utf8.count >= secretBytesMin && code.contains(secret)) || isPart(code, of: secret)
    }

    /// Whether a field or the body holds the code, or one of its parts: some are put together with dots.
    private static func repeats(_ code: String, _ request: UpstreamRequest) -> Bool {
        let texts = request.fields.map(\.value) + [String(decoding: request.body, as: UTF8.self)]
        let parts = [code] + code.split(separator: ".").map(String.init)
        return texts.contains { text in parts.contains { isPart($0, of: text) } }
    }

    private static func isPart(_ code: String, of text: String) -> Bool {
        code.utf8.count >= partBytesMin && text.contains(code)
    }
}
