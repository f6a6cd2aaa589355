/// What somebody who would use a configuration of the right form finds wrong with it: a certificate that cannot be
/// loaded, a setting that an adapter cannot work with.
public struct ConfigurationObjection: Sendable, Hashable {
    public var severity: ConfigurationProblem.Severity
    /// Where the cause stands; of an absent key the nearest place is told.
    public var path: ConfigurationPath
    /// Continues a sentence whose subject is the value. Never holds a secret.
    public var message: String

    public init(
        _ severity: ConfigurationProblem.Severity,
        _ path: ConfigurationPath,
        _ message: String
    ) {
        self.severity = severity
        self.path = path
        self.message = message
    }
}
