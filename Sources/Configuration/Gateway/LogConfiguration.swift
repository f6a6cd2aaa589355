/// What is logged.
public struct LogConfiguration: Sendable, Hashable {
    /// The least important records that are written.
    public var level: Level
    /// How events are written.
    public var format: Format
    /// Whether each request draws a record.
    public var access: Bool

    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// A line for people.
        case text
        /// An object a line, with `time`, `level` and `message`.
        case json
    }

    /// Importance, least first.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        case trace, debug, info, warning, error
    }

    public init(
        level: Level = .info,
        format: Format = .text,
        access: Bool = true
    ) {
        self.level = level
        self.format = format
        self.access = access
    }
}
