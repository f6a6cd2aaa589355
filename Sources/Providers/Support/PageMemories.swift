internal import ImageModel
internal import JSONText
internal import Synchronization

/// Keeps what was learned from a page, because the next page repeats most of it.
/// The lock is held for a move. Pages that are decoded at the same time learn by themselves, and what the last one has
/// learned stays.
final class PageMemories: Sendable {
    private let idle = Mutex<PageMemory?>(nil)

    func take() -> PageMemory {
        idle.withLock { $0.take() } ?? PageMemory()
    }

    func forget() {
        // Freed outside the lock.
        _ = idle.withLock { $0.take() }
    }

    func giveBack(_ memory: consuming sending PageMemory) {
        if memory.keys.isUnsteady { memory.keys = KeyOrder() }
        memory.systems.pageEnded()
        var memory: PageMemory? = memory
        idle.withLock { swap(&$0, &memory) }
    }
}
