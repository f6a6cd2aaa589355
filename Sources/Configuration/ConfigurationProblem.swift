/// One thing that is wrong, or unwise, in a configuration: where it stands, what it is, what to write.
///
/// No text in it ever holds a secret's value.
public struct ConfigurationProblem: Error, Sendable, Hashable {
    public var severity: Severity
    /// As the caller named it.
    public var file: String
    /// 1-based.
    public var line: Int
    /// 1-based, in Unicode scalars.
    public var column: Int
    /// For example `upstreams[0].ttl`; empty for the document as a whole.
    public var keyPath: String
    /// What is wrong.
    public var message: String
    /// What would be right, where that can be told.
    public var suggestion: String?

    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// The configuration cannot be used.
        case error
        /// The configuration works, at a price that the message names.
        case warning
    }

    public init(
        severity: Severity,
        file: String,
        line: Int,
        column: Int,
        keyPath: String,
        message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.message = message
        self.suggestion = suggestion
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `gateway.json5:12:7: error: upstreams[0].ttl: …`
    public var description: String {
        let place = "\(file):\(line):\(column): \(severity.rawValue): "
        let subject = keyPath.isEmpty ? "" : "\(keyPath): "
        return place + subject + message + (suggestion.map { "; \($0)" } ?? "")
    }
}
