import TestKit

/// Files of this package that seeds come from.
enum PackageFiles {
    private static let root = SourceFile.directory(3, above: #filePath)

    /// Contents of all files below a folder of the package whose names end so.
    static func contents(below folder: String, endingIn ending: String) -> [[UInt8]] {
        let paths = SourceFile.paths(below: "\(root)/\(folder)", endingIn: ending)
        let contents = paths.compactMap { try? SourceFile.bytes(of: $0) }
        // Without seeds a target learns nothing; better to say so than to run in vain.
        precondition(!contents.isEmpty, "no \(ending) below \(folder)")
        return contents
    }
}
