import FoundationEssentials
public import Upstreams

/// The file system as the loader uses it by default.
public enum ConfigurationFiles {
    /// Authorities to trust; without content where they cannot be read.
    public static func authorities(in path: String) -> AuthorityBundle {
        AuthorityBundle(file: path, pem: (try? contents(of: path)) ?? [])
    }

    /// The bytes of a regular file.
    public static func contents(
        of path: String
    ) throws(ConfigurationFileFault) -> [UInt8] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing
        }
        guard !isFolder else { throw .folder }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw FileManager.default.isReadableFile(atPath: path) ? .unreadable : .forbidden
        }
    }
}
