internal import Glibc

/// Where programs and the files of the repository are.
enum Programs {
    /// The first of that name on the `PATH`, or where system programs lie besides.
    static func path(of name: String) -> String? {
        let variable = getenv("PATH").map { String(cString: $0) } ?? ""
        let folders = variable.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin"]
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    static func required(_ name: String) throws(Unmeasured) -> String {
        guard let path = path(of: name) else {
            throw Unmeasured(reason: "\(name) is not installed")
        }
        return path
    }

    /// This very program.
    static let own: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        return String(
            decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }()

    /// A product of the same build.
    static func product(_ name: String) throws(Unmeasured) -> String {
        let folder = own.split(separator: "/").dropLast().joined(separator: "/")
        let path = "/\(folder)/\(name)"
        guard File.exists(path) else {
            throw Unmeasured(reason: "\(name) is not built; swift build -c release makes it")
        }
        return path
    }

    /// The package, found from the working directory upwards.
    static func repository() throws(Unmeasured) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        var path = getcwd(&buffer, buffer.count).map { String(cString: $0) } ?? ""
        while !path.isEmpty {
            if File.exists("\(path)/Tests/Benchmarks/Load") { return path }
            path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        }
        throw Unmeasured(reason: "the benchmarks are to be run within the repository")
    }

    /// A file beside the benchmarks' own sources.
    static func file(_ name: String) throws(Unmeasured) -> String {
        "\(try repository())/Tests/Benchmarks/\(name)"
    }
}
