internal import Cryptography
internal import Observability
internal import Upstreams

/// What tells apart the lists that an upstream's settings lead to: who is asked, where, and as whom.
enum UpstreamIdentity {
    /// The digest holds credentials, so guessing them by it is made dear.
    private static let rounds = 2_048

    static func bytes(_ settings: UpstreamSettings, salt: [UInt8], byteCount: Int) -> [UInt8] {
        KeyStretching.pbkdf2(canonical(settings), salt: salt, rounds: rounds, byteCount: byteCount)
    }

    /// Each text with its length, so that no two settings make the same bytes.
    private static func canonical(_ settings: UpstreamSettings) -> [UInt8] {
        var bytes: [UInt8] = []
        func add(_ text: String?) {
            guard let text else { return bytes += Array("-;".utf8) }
            bytes += "\(text.utf8.count):".utf8
            bytes += text.utf8
        }
        for text in [settings.id, settings.provider, settings.endpoint] { add(text) }
        for text in [settings.region, settings.iamEndpoint, settings.api, settings.path] {
            add(text)
        }
        for (name, value) in settings.credentials.sorted(by: { $0.key < $1.key }) {
            add(name)
            add(value.revealed)
        }
        return bytes
    }
}
