internal import Catalogs
internal import EventLoops
internal import Federation
internal import Glibc
internal import ImageModel
internal import Upstreams

/// The files of `state_directory`: `<upstream>.list`, the stored list of one; `<upstream>.list.<pid>.tmp`, one
/// that is being written; `<upstream>.list.rejected-…`, what was found there and is not served.
struct StateDirectory: Sendable {
    let path: String

    /// Files that were set aside and are kept for whoever wants to know why; older ones are removed.
    static let rejectedFilesMax = 8

    private static let suffix = ".list"
    private static let rejectedMark = ".list.rejected-"

    /// Where the list of an upstream is. Its id is one of a file name's characters and begins with none of
    /// the special ones; the schema sees to that.
    func path(of upstream: String) -> String { "\(path)/\(upstream)\(Self.suffix)" }

    /// Makes the directory and what is missing above it, and removes what processes that are no more left half-written.
    /// Returns what is wrong with it, `nil` for nothing.
    func prepare() -> String? {
        if let reason = FolderMaking.make(path) {
            return complaint() ?? "\(path) cannot be made: \(reason)"
        }
        if access(path, R_OK | W_OK | X_OK) == 0 { removeLeftovers() }
        return complaint(mayBeMissing: false)
    }

    /// What is wrong with the directory, or will be; makes nothing. One that is missing is fine where it can be made.
    func complaint(mayBeMissing: Bool = true) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            if errno == ENOENT, mayBeMissing {
                return FolderMaking.obstacle(to: path).map { "\(path) cannot be made: \($0)" }
            }
            return "\(path) cannot be used: \(String(cString: strerror(errno)))"
        }
        guard facts.st_mode & S_IFMT == S_IFDIR else { return "\(path) is no directory" }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            return "\(path) cannot be used: \(String(cString: strerror(errno)))"
        }
        return facts.st_mode & 0o022 == 0
            ? nil : "others can write to \(path); it should have mode 0700"
    }

    // MARK: Reading

    /// The stored list of an upstream; `nil` where there is none.
    func read(_ settings: UpstreamSettings) throws(SnapshotFileError) -> StoredSnapshot? {
        guard let source = try SnapshotFileSource(path: path(of: settings.id)) else { return nil }
        return try StoredSnapshot.read(from: source, upstream: settings.id) { salt in
            UpstreamIdentity.bytes(
                settings,
                salt: salt,
                byteCount: SnapshotLabel.identityByteCount
            )
        }
    }

    /// Whose lists are there.
    var upstreams: [String] {
        names.filter { $0.hasSuffix(Self.suffix) }.map { String($0.dropLast(Self.suffix.count)) }
    }

    /// Takes a file out of the way; returns its new name, `nil` where that failed.
    func setAside(_ upstream: String, as code: SnapshotFileError.Code) -> String? {
        let date = WallClock.now.rfc3339.filter { $0.isNumber || $0 == "T" }
        let name = "\(upstream)\(Self.rejectedMark)\(date)-\(code.rawValue)"
        guard rename(path(of: upstream), "\(path)/\(name)") == 0 else { return nil }
        removeOldRejected()
        return name
    }

    // MARK: Writing

    /// Returns how many bytes it is.
    func write(
        _ list: KeptList,
        label: SnapshotLabel,
        stamp: SnapshotStamp
    ) throws(SnapshotFileError) -> Int {
        let target = try SnapshotFileTarget(path: path(of: list.settings.id))
        try StoredSnapshot.write(list.snapshot, label: label, stamp: stamp, to: target)
        try target.finish(in: path)
        return target.byteCount
    }

    /// Says of the stored list when it was last seen; `false` where there is none.
    func renew(
        _ upstream: String,
        _ stamp: SnapshotStamp,
        salt: [UInt8]
    ) throws(SnapshotFileError) -> Bool {
        let opened = open(path(of: upstream), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        if opened < 0, errno == ENOENT { return false }
        guard opened >= 0 else { throw .system("open") }
        let descriptor = FileDescriptor(owning: opened)
        let (offset, bytes) = stamp.renewal(salt: salt)
        guard pwrite(descriptor.rawValue, bytes, bytes.count, offset) == bytes.count else {
            throw .system("pwrite")
        }
        return true
    }

    func remove(_ upstream: String) throws(SnapshotFileError) {
        guard unlink(path(of: upstream)) == 0 || errno == ENOENT else { throw .system("unlink") }
    }

    // MARK: Tidying

    private func removeLeftovers() {
        for name in names where name.hasSuffix(".tmp") {
            let parts = name.split(separator: ".")
            guard name.contains("\(Self.suffix)."), parts.count >= 4,
                let process = pid_t(parts[parts.count - 2])
            else { continue }
            let isAlive = process != getpid() && (kill(process, 0) == 0 || errno == EPERM)
            if !isAlive { unlink("\(path)/\(name)") }
        }
    }

    private func removeOldRejected() {
        let rejected = names.compactMap { name -> (date: Substring, name: String)? in
            guard let mark = name.firstRange(of: Self.rejectedMark) else { return nil }
            return (name[mark.upperBound...], name)
        }
        for file in rejected.sorted(by: { $0 < $1 }).dropLast(Self.rejectedFilesMax) {
            unlink("\(path)/\(file.name)")
        }
    }

    private var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
            )
        }
        return names
    }
}
