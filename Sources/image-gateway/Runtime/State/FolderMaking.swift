internal import Glibc

/// Folders with all that is missing above them, each for this user alone.
enum FolderMaking {
    /// Returns why that failed; `nil` where the folder is there.
    static func make(_ path: String) -> String? {
        if isThere(path) { return nil }
        if let parent = parent(of: path), let reason = make(parent) { return reason }
        return mkdir(path, 0o700) == 0 || errno == EEXIST ? nil : String(cString: strerror(errno))
    }

    /// Why a folder that is missing could not be made, as far as that can be told without making it.
    static func obstacle(to path: String) -> String? {
        guard let parent = parent(of: path) else { return nil }
        guard isThere(parent) else { return obstacle(to: parent) }
        if access(parent, W_OK | X_OK) != 0 {
            return "\(parent): \(String(cString: strerror(errno)))"
        }
        return isKernelsOwn(parent) ? "\(parent) takes no folders" : nil
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// `nil` for the root and for the working directory.
    private static func parent(of path: String) -> String? {
        let end = path.lastIndex { $0 != "/" }
        guard let end, let slash = path[...end].lastIndex(of: "/") else {
            return path == "." || end == nil ? nil : "."
        }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `/proc` and `/sys`: who may write there still cannot make anything.
    private static func isKernelsOwn(_ path: String) -> Bool {
        guard let device = device(of: path), device != self.device(of: "/") else { return false }
        return device == self.device(of: "/proc") || device == self.device(of: "/sys")
    }

    private static func device(of path: String) -> dev_t? {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts.st_dev : nil
    }
}
