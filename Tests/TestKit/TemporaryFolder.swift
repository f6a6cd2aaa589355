internal import Glibc

/// A folder that ends with whoever made it.
final class TemporaryFolder {
    let path: String

    init() throws(Unmeasured) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/image-gateway-benchmarks-XXXXXX\0".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw Unmeasured(reason: "no temporary folder can be made in \(parent)")
        }
        path = String(cString: made)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func folder(_ name: String) -> String {
        mkdir(file(name), 0o700)
        return file(name)
    }

    deinit { TemporaryFolder.remove(path) }

    /// Folders first turn out to be such when they refuse to be unlinked.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in Folder.names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
