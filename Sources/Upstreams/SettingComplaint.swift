/// Why an adapter cannot work with one of its settings.
public struct SettingComplaint: Sendable, Hashable, CustomStringConvertible {
    /// As the configuration has it, below the upstream: `region`, `credentials.username`.
    public var key: String
    /// Continues a sentence whose subject is the key, without its full stop. Never holds the value.
    public var message: String

    public init(key: String, message: String) {
        self.key = key
        self.message = message
    }

    /// A whole sentence.
    public var description: String { "`\(key)` \(message)." }
}
