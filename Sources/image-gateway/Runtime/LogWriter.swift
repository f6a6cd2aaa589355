internal import EventLoops
internal import Glibc
internal import Synchronization

/// Collects log lines and writes them on a thread of its own, so that a slow terminal or disk never holds
/// a loop up. What does not fit is dropped and counted.
///
/// Lines that come close together are written together: the first one asks for a flush `delay` later, and a
/// busy loop wakes the writing thread a few times a second instead of once per line.
final class LogWriter: Sendable {
    private let descriptor: Int32
    private let loop: EventLoop
    private let delay: Duration
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
    /// Bytes that do not wait for the end of the delay.
    private static let hurriedBytesMin = 256 << 10

    /// `loop` runs on a thread that does nothing else.
    init(descriptor: Int32, loop: EventLoop, delay: Duration) {
        self.descriptor = descriptor
        self.loop = loop
        self.delay = delay
    }

    /// Lines dropped since the start.
    var droppedCount: Int { buffer.withLock { $0.droppedCountTotal } }

    /// `line` ends with its newline.
    func write(_ line: some Sequence<UInt8>) {
        let countBefore = buffer.withLock { buffer in
            let count = buffer.bytes.count
            guard count < Self.pendingBytesMax else {
                buffer.droppedCount += 1
                buffer.droppedCountTotal += 1
                return Self.pendingBytesMax
            }
            buffer.bytes.append(contentsOf: line)
            // A flush that hurries is asked for by the line that crosses the threshold.
            let isCrossed =
                count < Self.hurriedBytesMin && buffer.bytes.count >= Self.hurriedBytesMin
            return isCrossed && count > 0 ? Self.hurriedBytesMin : count
        }
        if countBefore == 0 {
            loop.submit { self.flushLater() }
        } else if countBefore == Self.hurriedBytesMin {
            loop.submit { self.flush() }
        }
    }

    private func flushLater() {
        guard delay > .zero else { return flush() }
        loop.schedule(at: loop.now + delay) { self.flush() }
    }

    /// Writes what is pending; called by the writing thread, and once by whoever ends the process.
    func flush() {
        let (bytes, droppedCount) = buffer.withLock { buffer in
            let taken = (buffer.bytes, buffer.droppedCount)
            buffer.bytes = []
            swap(&buffer.bytes, &buffer.spare)
            buffer.droppedCount = 0
            return taken
        }
        writeAll(bytes)
        giveBack(bytes)
        if droppedCount > 0 { writeAll(Array("\(droppedCount) log lines were dropped\n".utf8)) }
    }

    /// So that the next lines need no memory of their own.
    private func giveBack(_ bytes: consuming [UInt8]) {
        guard bytes.capacity <= 4 * Self.hurriedBytesMin else { return }
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
