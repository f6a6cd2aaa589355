/// The words the parser knows, found by hash; built once from the tables beside this file.
struct NameLexicon {
    static let standard = NameLexicon()

    struct Entry {
        var hash: UInt64
        var word: UInt16
        var role: NameRole
    }

    /// Open addressing with linear probing; word 0 marks a free slot.
    private var slots: [Entry]
    private let mask: Int
    /// By word: where its phrases start and end in `phrases`.
    private(set) var phraseRanges: [Range<Int>]
    private(set) var phrases: [Phrase]
    /// By word: the release it is the name of.
    private(set) var codenames: [Codename?]

    private init() {
        var builder = Builder()
        builder.addWords()
        builder.addCodenames()
        builder.addPhrases()
        let slotCount = 4_096
        mask = slotCount - 1
        slots = Array(repeating: Entry(hash: 0, word: 0, role: .unknown), count: slotCount)
        (phrases, phraseRanges) = builder.sortedPhrases()
        codenames = builder.codenames
        for entry in builder.entries.dropFirst() { insert(entry) }
    }

    private mutating func insert(_ entry: Entry) {
        var slot = Int(truncatingIfNeeded: entry.hash) & mask
        while slots[slot].word != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
    }

    /// The word with this hash; word 0 and `.unknown` for words the lexicon does not hold.
    func entry(hash: UInt64) -> Entry {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].word != 0 {
            if slots[slot].hash == hash { return slots[slot] }
            slot = (slot + 1) & mask
        }
        return slots[slot]
    }

    func phrases(from word: UInt16) -> Range<Int> {
        phraseRanges[Int(word)]
    }

    func codename(_ word: UInt16) -> Codename? {
        codenames[Int(word)]
    }
}

/// A spelling of a distribution.
struct Phrase {
    var words: [UInt16]
    /// `nil` for word pairs that only look like a distribution.
    var distribution: Distribution?
    var condition: Condition

    /// What must be so for the words to mean the distribution.
    enum Condition {
        case always
        /// The words are the whole text, or one of the distribution's versions, `linux` or a word
        /// such as `stable` follows.
        case supported
        /// As `.supported`, and nothing stands before the words.
        case leading
        /// One of the distribution's versions follows at once, without a gap.
        case numbered
        /// The words are the whole text.
        case whole
    }
}

/// A release's name and what it stands for.
struct Codename {
    var distribution: Distribution
    var release: ReleaseNumber
}

/// The hash of a lower-case word, byte by byte (FNV-1a, 64 bits).
struct NameHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
