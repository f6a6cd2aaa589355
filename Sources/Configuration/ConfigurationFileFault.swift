/// Why a file could not be read.
public enum ConfigurationFileFault: String, Error, Sendable, Hashable, CaseIterable {
    case missing
    case forbidden
    case folder
    case unreadable

    /// Continues a sentence whose subject is the file.
    public var message: String {
        switch self {
        case .missing: "does not exist"
        case .forbidden: "may not be read by this user"
        case .folder: "is a folder"
        case .unreadable: "cannot be read"
        }
    }
}
