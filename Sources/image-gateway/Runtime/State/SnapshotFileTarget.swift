internal import Catalogs
internal import EventLoops
internal import Glibc

/// Writes a stored list beside the file that it will replace, and puts it there once it is on the disk: at
/// every moment one whole list has the name.
final class SnapshotFileTarget: SnapshotTarget {
    private let descriptor: FileDescriptor
    private let path: String
    private let temporaryPath: String
    private var pending: [UInt8] = []
    private(set) var byteCount = 0
    private var isDone = false

    private static let pendingByteCount = 64 << 10

    init(path: String) throws(SnapshotFileError) {
        self.path = path
        temporaryPath = "\(path).\(getpid()).tmp"
        let opened = open(
            temporaryPath,
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
            0o600
        )
        guard opened >= 0 else { throw .system("open") }
        descriptor = FileDescriptor(owning: opened)
    }

    deinit {
        if !isDone { unlink(temporaryPath) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(SnapshotFileError) {
        byteCount += bytes.count
        if pending.count + bytes.count >= Self.pendingByteCount { try flush() }
        if bytes.count >= Self.pendingByteCount { return try writeAll(bytes) }
        pending.append(contentsOf: bytes)
    }

    /// Makes it the file of that name.
    func finish(in directory: String) throws(SnapshotFileError) {
        try flush()
        guard fdatasync(descriptor.rawValue) == 0 else { throw .system("fdatasync") }
        guard rename(temporaryPath, path) == 0 else { throw .system("rename") }
        isDone = true
        let folder = FileDescriptor(owning: open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        // Some file systems cannot; the rename is in order all the same, only not yet sure to outlive power.
        _ = fsync(folder.rawValue)
    }

    private func flush() throws(SnapshotFileError) {
        let bytes = pending
        try bytes.span.withUnsafeBytes { bytes throws(SnapshotFileError) in try writeAll(bytes) }
        pending.removeAll(keepingCapacity: true)
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SnapshotFileError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor.rawValue, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write") }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }
}
