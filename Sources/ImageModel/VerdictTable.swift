/// What was judged of the last few images, by their texts. Each has two places, of which the next one takes turns: the
/// names of a list are unique, but most images differ from others in a date or serial number only.
struct VerdictTable {
    /// Of few images; there is room for more once there are as many.
    private static let slotCountMin = 128
    private static let slotCountMax = 2_048

    /// Of the keys, `ClaimsKey.wordCountMax` each: first of the one that was looked for last.
    private var words = [UInt64](repeating: 0, count: ClaimsKey.wordCountMax)
    private var byteCounts: [UInt64] = []
    private var verdicts: [Verdict] = []
    /// Verdicts that were kept since room was made, those of earlier pages counting less and less: a list of which a few
    /// images change for ever needs no more room than it has images.
    private var keptCount = 0
    /// Of the image that was looked for last, and `nil` if its texts are too long.
    private var key: ClaimsKey?
    private var hash: UInt64 = 0

    /// Verdicts that there is room for.
    var slotCount: Int { verdicts.count }

    /// Whether other names than the one that was looked for last have its key.
    var leavesNumbersOpen: Bool { key?.leavesNumbersOpen ?? false }

    /// The verdict on an image with these texts; no two of them may be exchanged.
    mutating func verdict(
        name: String,
        _ second: String?,
        _ third: String?,
        _ fourth: String?,
        _ fifth: String?,
        _ sixth: String?,
        _ seventh: String?
    ) -> Verdict? {
        var key = ClaimsKey()
        var words = words.mutableSpan
        let isShort =
            key.add(name: name, &words) && key.add(second, &words) && key.add(third, &words)
            && key.add(fourth, &words) && key.add(fifth, &words) && key.add(sixth, &words)
            && key.add(seventh, &words)
        let hash = key.hash(words)
        self.hash = hash
        self.key = isShort ? key : nil
        guard isShort, !verdicts.isEmpty else { return nil }
        let place = place(hash)
        if isKey(key, at: place) { return verdicts[place] }
        return isKey(key, at: place ^ 1) ? verdicts[place ^ 1] : nil
    }

    /// Keeps the verdict on the image that was looked for last; it must hold for all with its key.
    mutating func keep(_ verdict: Verdict) {
        guard let key else { return }
        if keptCount >= verdicts.count, verdicts.count < VerdictTable.slotCountMax { makeRoom() }
        keptCount += 1
        let place = place(hash) ^ (keptCount & 1)
        let start = VerdictTable.start(place)
        for offset in 0..<key.wordCount { words[start + offset] = words[offset] }
        byteCounts[place] = key.byteCounts
        verdicts[place] = verdict
    }

    mutating func pageEnded() { keptCount -= (keptCount + 7) / 8 }

    private func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(verdicts.count)).high)
    }

    /// Where the words of a place begin.
    @inline(__always)
    private static func start(_ place: Int) -> Int { (place &+ 1) &* ClaimsKey.wordCountMax }

    @inline(__always)
    private func isKey(_ key: ClaimsKey, at place: Int) -> Bool {
        guard byteCounts[place] == key.byteCounts else { return false }
        let start = VerdictTable.start(place)
        var differences: UInt64 = 0
        for offset in 0..<key.wordCount { differences |= words[offset] ^ words[start &+ offset] }
        return differences == 0
    }

    /// What was kept is forgotten. The key that every place starts with is that of no texts, which say nothing.
    private mutating func makeRoom() {
        let count = max(VerdictTable.slotCountMin, verdicts.count * 4)
        var words = [UInt64](repeating: 0, count: (count + 1) * ClaimsKey.wordCountMax)
        for offset in 0..<ClaimsKey.wordCountMax { words[offset] = self.words[offset] }
        self.words = words
        byteCounts = Array(repeating: 0, count: count)
        verdicts = Array(repeating: Verdict(), count: count)
        keptCount = 0
    }
}
