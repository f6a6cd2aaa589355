/// Why a file could not be read.
public enum ConfigurationFileFault: String, Error, Sendable, Hashable, CaseIterable {
    case missing
    case forbidden
    case folder
    case special
    case unreadable

    /// Continues a sentence whose subject is the file.
    public var message: String {
        switch self {
        case .missing: "does not exist"
        case .forbidden: "may not be read by this user"
        case .folder: "is a folder"
        case .special: "is no regular file: a pipe or a device cannot be read again at a reload"
        case .unreadable: "cannot be read"
        }
    }
}
