/// What reading a configuration yielded.
public struct LoadedConfiguration: Sendable, Hashable {
    /// `nil` exactly when `problems` holds an error.
    public var configuration: GatewayConfiguration?
    /// Errors and warnings, in the order of the text.
    public var problems: [ConfigurationProblem]

    public init(configuration: GatewayConfiguration?, problems: [ConfigurationProblem]) {
        self.configuration = configuration
        self.problems = problems
    }

    /// What keeps the configuration from being used.
    public var errors: [ConfigurationProblem] { problems.filter { $0.severity == .error } }

    /// What works, at a price.
    public var warnings: [ConfigurationProblem] { problems.filter { $0.severity == .warning } }

    static func failed(
        file: String,
        message: String,
        suggestion: String? = nil,
        at place: (line: Int, column: Int) = (1, 1)
    ) -> LoadedConfiguration {
        let problem = ConfigurationProblem(
            severity: .error,
            file: file,
            line: place.line,
            column: place.column,
            keyPath: "",
            message: message,
            suggestion: suggestion
        )
        return LoadedConfiguration(configuration: nil, problems: [problem])
    }
}
