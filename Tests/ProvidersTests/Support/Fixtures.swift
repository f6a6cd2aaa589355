import Glibc

/// Files below `Tests/ProvidersTests/Fixtures/<provider>`.
enum Fixtures {
    struct Unreadable: Error {
        var path: String
    }

    private static let root = {
        let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return here.dropLast(2).joined(separator: "/") + "/Fixtures"
    }()

    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen("\(root)/\(path)", "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// File names, sorted; empty where there is no such folder.
    static func names(in provider: String) -> [String] {
        guard let folder = opendir("\(root)/\(provider)") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
            )
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
