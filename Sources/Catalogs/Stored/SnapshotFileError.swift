/// Why a snapshot could not be stored or read back.
public struct SnapshotFileError: Error, Sendable, Hashable {
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The bytes end too early.
        case truncated
        /// They are no stored snapshot, or one of another upstream.
        case foreign
        /// They were written in another version of the format.
        case version
        /// They were read from the upstream under another configuration.
        case configuration
        /// They are not what was written.
        case damaged
        /// The snapshot cannot be stored.
        case unsupported
        /// The file system does not do what it should.
        case system
    }

    public let code: Code
    /// What is wrong, as the end of a sentence about a file.
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static let truncated = SnapshotFileError(.truncated, "it ends too early")

    static func damaged(_ part: String) -> SnapshotFileError {
        SnapshotFileError(.damaged, "it is damaged (\(part))")
    }
}
