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
        /// Since the last flush, and since the start.
        var droppedCount = 0
        var droppedCountTotal = 0
    }

    /// Bytes that may wait to be written.
    private static let pendingBytesMax = 8 << 20

    /// `loop` runs on a thread that does nothing else.
    init(descriptor: Int32, loop: EventLoop) {
        self.descriptor = descriptor
        self.loop = loop
    }

    /// Lines dropped since the start.
    var droppedCount: Int { buffer.withLock { $0.droppedCountTotal } }

    /// `line` ends with its newline.
    func write(_ line: some Sequence<UInt8>) {
        let wasEmpty = buffer.withLock { buffer in
            guard buffer.bytes.count < Self.pendingBytesMax else {
                buffer.droppedCount += 1
                buffer.droppedCountTotal += 1
                return false
            }
            let wasEmpty = buffer.bytes.isEmpty
            buffer.bytes.append(contentsOf: line)
            return wasEmpty
        }
        if wasEmpty { loop.submit { self.flush() } }
    }

    /// Writes what is pending; called by the writing thread, and once by whoever ends the process.
    func flush() {
        let (bytes, droppedCount) = buffer.withLock { buffer in
            defer { buffer = Buffer(droppedCountTotal: buffer.droppedCountTotal) }
            return (buffer.bytes, buffer.droppedCount)
        }
        writeAll(bytes)
        if droppedCount > 0 { writeAll(Array("\(droppedCount) log lines were dropped\n".utf8)) }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            offset += count
        }
    }
}
