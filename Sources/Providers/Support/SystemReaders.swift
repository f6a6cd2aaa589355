internal import ImageModel
internal import Synchronization

/// Keeps the reader of systems between pages, because the next page repeats most of what it has learned.
/// The lock is held for a move. Pages that are decoded at the same time have readers of their own, of
/// which the last one stays.
final class SystemReaders: Sendable {
    private let idle = Mutex<OperatingSystemReader?>(nil)

    func take() -> OperatingSystemReader {
        idle.withLock { $0.take() } ?? OperatingSystemReader()
    }

    func giveBack(_ reader: consuming sending OperatingSystemReader) {
        var reader: OperatingSystemReader? = reader
        idle.withLock { swap(&$0, &reader) }
    }
}
