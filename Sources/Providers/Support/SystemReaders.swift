internal import ImageModel
internal import JSONText
internal import Synchronization

/// What reading a provider's pages has taught, kept between them because the next one repeats most of it.
struct LearnedWords: ~Copyable {
    let systems: OperatingSystemReader
    let keys: KeyOrder
}

/// Keeps what was learned between pages. The lock is held for a move. Pages that are decoded at the same time
/// learn for themselves, and what the last one knows stays.
final class SystemReaders: Sendable {
    private let idle = Mutex<LearnedWords?>(nil)

    func take() -> LearnedWords {
        idle.withLock { $0.take() }
            ?? LearnedWords(systems: OperatingSystemReader(), keys: KeyOrder())
    }

    func giveBack(_ learned: consuming sending LearnedWords) {
        var learned: LearnedWords? = learned
        idle.withLock { swap(&$0, &learned) }
    }
}
