import TestKit

/// The package's own source files.
struct SourceTree {
    struct File {
        /// Relative to the package, for example `Sources/ImageModel/Image.swift`.
        var path: String
        var text: SourceText

        /// The target the file belongs to.
        var target: String { String(path.split(separator: "/")[1]) }
        var isSource: Bool { path.hasPrefix("Sources/") }
    }

    static let root = SourceFile.directory(2, above: #filePath)

    var files: [File]

    /// Reads all Swift files below the given folders of the package.
    init(_ folders: String...) throws {
        files = try folders.flatMap { folder in
            try SourceFile.paths(below: "\(Self.root)/\(folder)", endingIn: ".swift").map { path in
                let relative = String(path.dropFirst(Self.root.utf8.count + 1))
                return File(path: relative, text: SourceText(try SourceFile.text(of: path)))
            }
        }
    }

    static func manifest() throws -> String {
        try SourceFile.text(of: "\(root)/Package.swift")
    }
}
