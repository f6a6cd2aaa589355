/// What is logged.
public struct LogConfiguration: Sendable, Hashable {
    /// The least important records that are written.
    public var level: Level
    /// Whether each request draws a record.
    public var access: Bool

    /// Importance, least first.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        case trace, debug, info, warning, error
    }

    public init(
        level: Level = .info,
        access: Bool = true
    ) {
        self.level = level
        self.access = access
    }
}
