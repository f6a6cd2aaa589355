internal import Glibc

/// A folder below `TMPDIR`, or `/tmp`, that goes with whoever made it, and everything in it.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/image-gateway-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            fatalError("no temporary folder can be made in \(parent)")
        }
        path = String(cString: made)
    }

    deinit { TemporaryFolder.remove(path) }

    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// A folder of that name in it, made where it is not there.
    public func folder(_ name: String) -> String {
        mkdir(file(name), 0o700)
        return file(name)
    }

    /// What lies in it, in order.
    public var names: [String] { Folder.names(in: path).sorted() }

    /// Folders first turn out to be such when they refuse to be unlinked.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in Folder.names(in: path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
