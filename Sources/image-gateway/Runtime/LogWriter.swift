internal import EventLoops
internal import Glibc
internal import Synchronization

/// Collects log lines and writes them on a thread of its own, so that a slow terminal or disk never holds
/// a loop up. What does not fit is dropped and counted.
final class LogWriter: Sendable {
    private let descriptor: Int32
    private let loop: EventLoop
    private let buffer = Mutex(Buffer())
    private let writtenBytes = Atomic<Int>(0)

    private struct Buffer {
        var bytes: [UInt8] = []
        /// What is being written, and how many bytes had been written when that began.
        var leaving: [UInt8] = []
        var leavingStart = 0
        /// Empty, with the room that earlier lines have needed.
        var spare: [UInt8] = []
        /// Since the last flush, and since the start.
        var droppedCount = 0
        var droppedCountTotal = 0
    }

    /// Bytes of one call: whoever watches sees that they go.
    private static let pieceBytesMax = 64 << 10
    /// As many as whoever takes any takes without waiting (pipe(7): `PIPE_BUF`).
    private static let smallPieceBytesMax = 4 << 10
    /// Bytes that may wait to be written.
    private static let pendingBytesMax = 8 << 20
    /// Room that is kept for later lines.
    private static let spareBytesMax = 1 << 20
    /// Room that is kept however little of it was needed.
    private static let spareBytesMin = AccessLog.roomByteCount + 4 << 10

    /// `loop` runs on a thread that does nothing else.
    init(descriptor: Int32, loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
    }

    /// Lines dropped since the start.
    var droppedCount: Int { buffer.withLock { $0.droppedCountTotal } }

    /// Bytes written since the start.
    var writtenByteCount: Int { writtenBytes.load(ordering: .relaxed) }

    /// Whether every line so far has left or was dropped.
    var isIdle: Bool { buffer.withLock { $0.bytes.isEmpty && $0.leaving.isEmpty } }

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
                let count = Self.lineCount(lines)
                buffer.droppedCount += count
                buffer.droppedCountTotal += count
            }
            return wasEmpty
        }
        lines.removeAll(keepingCapacity: true)
        if wasEmpty { loop.submit { self.flush() } }
    }

    /// Writes what is pending, and waits for whoever reads it; for the writing thread.
    func flush() {
        let (bytes, droppedCount) = buffer.withLock { buffer in
            buffer.leaving = buffer.bytes
            buffer.bytes = []
            buffer.leavingStart = writtenByteCount
            defer { buffer.droppedCount = 0 }
            return (buffer.leaving, buffer.droppedCount)
        }
        writeAll(bytes)
        if droppedCount > 0 { writeAll(Array("\(droppedCount) log lines were dropped\n".utf8)) }
        giveBack(bytes)
    }

    /// So that the next lines need no memory of their own. Room of which they needed little goes: after a burst nobody
    /// keeps what the burst has needed.
    private func giveBack(_ bytes: consuming [UInt8]) {
        buffer.withLock { $0.leaving = [] }
        let needed = max(Self.spareBytesMin, 4 * bytes.count)
        guard bytes.capacity <= min(needed, Self.spareBytesMax) else { return }
        bytes.removeAll(keepingCapacity: true)
        let spare = bytes
        buffer.withLock { buffer in
            if buffer.spare.capacity == 0 { buffer.spare = spare }
        }
    }

    /// For whoever ends the process while the writing thread is held up: writes what is pending as far as that takes no
    /// waiting. Returns how many lines have not left: those that the thread is writing and those that found no room
    /// included.
    func writeWithoutWaiting() -> Int {
        let (bytes, leaving, droppedCount) = buffer.withLock { buffer in
            let leftCount = writtenByteCount - buffer.leavingStart
            defer { (buffer.bytes, buffer.droppedCount) = ([], 0) }
            return (buffer.bytes, buffer.leaving.dropFirst(leftCount), buffer.droppedCount)
        }
        var offset = 0
        // Behind half a line of the thread's nothing must follow.
        while leaving.isEmpty, offset < bytes.count, takesBytes {
            let count = write(bytes, from: offset, byteCountMax: Self.smallPieceBytesMax)
            guard count > 0 else { break }
            offset += count
        }
        return droppedCount + Self.lineCount(bytes[offset...]) + Self.lineCount(leaving)
    }

    private static func lineCount(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.count { $0 == UInt8(ascii: "\n") }
    }

    private var takesBytes: Bool {
        var watch = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&watch, 1, 0) > 0 && watch.revents == Int16(POLLOUT)
    }

    private func writeAll(_ bytes: borrowing [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = write(bytes, from: offset, byteCountMax: Self.pieceBytesMax)
            guard count > 0 else { return }
            offset += count
        }
    }

    /// Returns what `write` does; an interruption is no end.
    private func write(_ bytes: borrowing [UInt8], from offset: Int, byteCountMax: Int) -> Int {
        while true {
            let count = bytes.withUnsafeBytes {
                Glibc.write(
                    descriptor,
                    $0.baseAddress.map { $0 + offset },
                    min($0.count - offset, byteCountMax)
                )
            }
            if count < 0, errno == EINTR { continue }
            if count > 0 { writtenBytes.wrappingAdd(count, ordering: .relaxed) }
            return count
        }
    }
}
