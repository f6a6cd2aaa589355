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
        // To wait for who writes into a pipe would stop a reload.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path
        )
        let type = attributes?[.type] as? FileAttributeType
        if let type, type != .typeRegular { throw .special }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw FileManager.default.isReadableFile(atPath: path) ? .unreadable : .forbidden
        }
    }
}
