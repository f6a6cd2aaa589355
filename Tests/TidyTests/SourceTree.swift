import Glibc
import TestKit

/// The package's own source files.
enum SourceTree {
    struct File {
        /// Relative to the package, for example `Sources/ImageModel/Image.swift`.
        var path: String
        var raw: String
        var text: SourceText

        /// The target the file belongs to.
        var target: String { String(path.split(separator: "/")[1]) }
        var isSource: Bool { path.hasPrefix("Sources/") }

        /// Whether the file holds the text anywhere.
        func mentions(_ text: String) -> Bool {
            raw.withCString { file in text.withCString { strstr(file, $0) != nil } }
        }
    }

    static let root = SourceFile.directory(2, above: #filePath)

    /// Every Swift file of sources and tests, read once for all tests.
    private static let all = Result {
        try ["Sources", "Tests"].flatMap { folder in
            try SourceFile.paths(below: "\(root)/\(folder)", endingIn: ".swift").map { path in
                let text = try SourceFile.text(of: path)
                let relative = String(path.dropFirst(root.utf8.count + 1))
                return File(path: relative, raw: text, text: SourceText(text))
            }
        }
    }

    static func files() throws -> [File] { try all.get() }
    static func sources() throws -> [File] { try files().filter(\.isSource) }

    static func manifest() throws -> String {
        try SourceFile.text(of: "\(root)/Package.swift")
    }
}
