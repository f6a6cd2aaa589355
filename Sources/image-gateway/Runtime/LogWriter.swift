internal import EventLoops
internal import Glibc
internal import Synchronization

/// Collects log lines and writes them on a thread of its own, so that a slow terminal or disk never holds
/// a loop up. What does not fit is dropped and counted.
final class LogWriter: Sendable {
    private let descriptor: Int32
    private let loop: EventLoop
    private let buffer = Mutex(Buffer())

    private struct Buffer {
        var bytes: [UInt8] = []
        /// Empty, with the room that earlier lines have needed.
        var spare: [UInt8] = []
        /// Since the last flush, and since the start.
        var droppedCount = 0
        var droppedCountTotal = 0
    }

    /// Bytes that may wait to be written.
    private static let pendingBytesMax = 8 << 20
    /// Room that is kept for later lines.
    private static let spareBytesMax = 1 << 20
    /// Room that is kept however little of it was needed.
    private static let spareBytesMin = 64 << 10

    /// `loop` runs on a thread that does nothing else.
    init(descriptor: Int32, loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
    }

    /// Lines dropped since the start.
    var droppedCount: Int { buffer.withLock { $0.droppedCountTotal } }

    /// One line or several, each with its newline.
    func write(_ lines: some Sequence<UInt8>) {
        var lines = Array(lines)
        take(&lines)
    }

    /// Takes lines, each with its newline, and leaves an empty array, with room where there is some to spare.
    func take(_ lines: inout [UInt8]) {
        let wasEmpty = buffer.withLock { buffer in
            let wasEmpty = buffer.bytes.isEmpty
            if wasEmpty {
                swap(&buffer.bytes, &lines)
                if lines.capacity == 0 { swap(&buffer.spare, &lines) }
            } else if buffer.bytes.count < Self.pendingBytesMax {
                buffer.bytes += lines
            } else {
                let count = lines.count { $0 == UInt8(ascii: "\n") }
                buffer.droppedCount += count
                buffer.droppedCountTotal += count
            }
            return wasEmpty
        }
        lines.removeAll(keepingCapacity: true)
        if wasEmpty { loop.submit { self.flush() } }
    }

    /// Writes what is pending; called by the writing thread, and once by whoever ends the process.
    func flush() {
        let (bytes, droppedCount) = buffer.withLock { buffer in
            let taken = (buffer.bytes, buffer.droppedCount)
            buffer.bytes = []
            buffer.droppedCount = 0
            return taken
        }
        writeAll(bytes)
        giveBack(bytes)
        if droppedCount > 0 { writeAll(Array("\(droppedCount) log lines were dropped\n".utf8)) }
    }

    /// So that the next lines need no memory of their own. Room of which they needed little goes: after a burst nobody
    /// keeps what the burst has needed.
    private func giveBack(_ bytes: consuming [UInt8]) {
        let needed = max(Self.spareBytesMin, 4 * bytes.count)
        guard bytes.capacity <= min(needed, Self.spareBytesMax) else { return }
        bytes.removeAll(keepingCapacity: true)
        let spare = bytes
        buffer.withLock { buffer in
            if buffer.spare.capacity == 0 { buffer.spare = spare }
        }
    }

    private func writeAll(_ bytes: borrowing [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + offset }, $0.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            offset += count
        }
    }
}
