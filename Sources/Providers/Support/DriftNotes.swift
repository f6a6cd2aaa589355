/// What a page held that its adapter did not expect: a few words, each once.
struct DriftNotes: Sendable, Hashable {
    /// Upper bound on words per page; further ones are not kept.
    static let wordCountMax = 16
    /// Upper bound on bytes of a name taken from the upstream.
    static let nameBytesMax = 48

    private(set) var words: [String] = []

    var isFull: Bool { words.count >= DriftNotes.wordCountMax }

    mutating func note(_ word: String) {
        if !isFull, !words.contains(word) { words.append(word) }
    }

    /// A name that the upstream chose; only letters, digits, `_`, `-` and `.` of it are kept.
    mutating func noteUnknown(_ name: String) {
        if isFull { return }
        let kept = name.utf8.prefix(DriftNotes.nameBytesMax).filter(ErrorBody.isWordByte)
        note("unknown:\(String(decoding: kept, as: UTF8.self))")
    }
}
