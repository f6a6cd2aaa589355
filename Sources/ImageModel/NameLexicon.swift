/// The words the parser knows, found by hash; built once from the tables beside this file.
final class NameLexicon: Sendable {
    static let standard = NameLexicon()

    struct Entry {
        var hash: UInt64
        var word: UInt16
        var role: NameRole
    }

    /// Open addressing with linear probing; word 0 marks a free slot.
    private let slots: [Entry]
    private static let slotBits = 12
    /// By word: where its phrases start in `phrases`; they end where the next word's start.
    private let phraseStarts: [UInt16]
    let phrases: [Phrase]
    /// The words of all phrases, one phrase after the other.
    let phraseWords: [UInt16]
    /// By word: the release it is the name of.
    private let codenames: [Codename?]

    private init() {
        var builder = Builder()
        builder.addWords()
        builder.addCodenames()
        builder.addPhrases()
        (phrases, phraseWords, phraseStarts) = builder.sortedPhrases()
        codenames = builder.codenames
        slots = NameLexicon.slots(builder.entries.dropFirst())
    }

    private static func slots(_ entries: some Sequence<Entry>) -> [Entry] {
        let free = Entry(hash: 0, word: 0, role: .unknown)
        var slots = Array(repeating: free, count: 1 << slotBits)
        for entry in entries {
            var slot = firstSlot(entry.hash)
            while slots[slot].word != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
        return slots
    }

    /// Fibonacci hashing: the upper bits of a product depend on all bits of the hash.
    private static func firstSlot(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 - slotBits))
    }

    /// The word with this hash; word 0 and `.unknown` for words the lexicon does not hold.
    func entry(hash: UInt64) -> Entry {
        var slot = NameLexicon.firstSlot(hash)
        while slots[slot].word != 0 {
            if slots[slot].hash == hash { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slots[slot]
    }

    /// Indices of the phrases that begin with this word, longest first.
    func phrases(from word: UInt16) -> Range<Int> {
        Int(phraseStarts[Int(word)])..<Int(phraseStarts[Int(word) + 1])
    }

    func codename(_ word: UInt16) -> Codename? {
        codenames[Int(word)]
    }
}

/// A spelling of a distribution.
struct Phrase {
    /// Where its words start in `NameLexicon.phraseWords`.
    var firstWord: UInt16
    var wordCount: UInt8
    var condition: Condition
    /// `nil` for word pairs that only look like a distribution.
    var distribution: Distribution?

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

/// Tells words apart. Different words of up to eight letters have different hashes, and so have
/// different characters beyond ASCII; a longer word meets another's hash by chance only.
struct NameHash {
    private(set) var value: UInt64 = 0

    /// The next eight letters of a lower-case word, or the last ones, with zeros behind them.
    @inline(__always)
    mutating func add(_ letters: UInt64) {
        value = value &* 0x9E37_79B9_7F4A_7C15 ^ letters
    }

    /// A byte of a character beyond ASCII.
    @inline(__always)
    mutating func add(wide byte: UInt8) {
        value = value &<< 8 | UInt64(byte) | 1 &<< 63
    }
}
