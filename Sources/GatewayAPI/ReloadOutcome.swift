/// What came of reading the configuration again.
public enum ReloadOutcome: Sendable, Hashable {
    /// It is in force; in words, what differs from the one before and what waits for a restart.
    case reloaded(change: String)
    /// The old one stays in force.
    case refused(reason: String)
}
