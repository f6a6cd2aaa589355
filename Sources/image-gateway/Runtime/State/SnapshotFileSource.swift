internal import Catalogs
internal import EventLoops
internal import Glibc

/// Reads a stored list from a file; large arrays go straight to where they stay.
final class SnapshotFileSource: SnapshotSource {
    private let descriptor: FileDescriptor
    private(set) var remaining: Int
    private var buffer: [UInt8] = []
    private var offset = 0

    private static let bufferByteCount = 64 << 10

    /// `nil` where there is no such file. A link or anything else that is no file is none of ours.
    init?(path: String) throws(SnapshotFileError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if opened < 0, errno == ENOENT { return nil }
        guard opened >= 0 else { throw .system("open") }
        descriptor = FileDescriptor(owning: opened)
        var facts = stat()
        guard fstat(opened, &facts) == 0 else { throw .system("fstat") }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw SnapshotFileError(.foreign, "it is no regular file")
        }
        remaining = Int(facts.st_size)
    }

    func read(into target: UnsafeMutableRawBufferPointer) -> Bool {
        guard target.count <= remaining else { return false }
        remaining -= target.count
        var filled = take(target)
        if target.count - filled >= Self.bufferByteCount {
            return fill(UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
        }
        while filled < target.count {
            guard refill() else { return false }
            filled += take(UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
        }
        return true
    }

    /// Copies what the buffer has.
    private func take(_ target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, buffer.count - offset)
        buffer.withUnsafeBytes { bytes in
            target.copyBytes(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
        }
        offset += count
        return count
    }

    private func refill() -> Bool {
        var count = 0
        buffer = Array(unsafeUninitializedCapacity: Self.bufferByteCount) { buffer, initialized in
            count = readSome(UnsafeMutableRawBufferPointer(buffer))
            initialized = max(0, count)
        }
        offset = 0
        return count > 0
    }

    private func fill(_ target: UnsafeMutableRawBufferPointer) -> Bool {
        var filled = 0
        while filled < target.count {
            let count = readSome(UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
            guard count > 0 else { return false }
            filled += count
        }
        return true
    }

    private func readSome(_ target: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = Glibc.read(descriptor.rawValue, target.baseAddress, target.count)
            if count >= 0 || errno != EINTR { return count }
        }
    }
}

extension SnapshotFileError {
    /// A system call that failed, by `errno`.
    static func system(_ call: String) -> SnapshotFileError {
        SnapshotFileError(.system, "\(call): \(String(cString: strerror(errno)))")
    }
}
