/// Why a text is not the value it should be, and what would be right.
public struct TextComplaint: Error, Sendable, Hashable, CustomStringConvertible {
    /// Continues a sentence whose subject is the value: `lacks a unit`.
    public var message: String
    /// For example `write "10m"`.
    public var suggestion: String?

    public init(_ message: String, _ suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }

    public var description: String { message + (suggestion.map { "; \($0)" } ?? "") }
}
