/// The texts of an image that its system is judged by, without the description, where they are short. Of serial numbers
/// in a name only the length is kept, see `SerialNumber`: the images of a list mostly differ in nothing else.
///
/// The bytes of the texts are words in memory that is the owner's, which is there for many keys.
struct ClaimsKey {
    static let nameBytesMax = 64
    /// Of eight bytes each; every text begins a new one.
    static let wordCountMax = 20

    private(set) var wordCount = 0
    /// Bytes of each text, the last one lowest.
    private(set) var byteCounts: UInt64 = 0
    /// Whether other names have the same key.
    private(set) var leavesNumbersOpen = false

    /// Its high bits depend on all bytes.
    @inline(__always)
    func hash(_ words: borrowing MutableSpan<UInt64>) -> UInt64 {
        var hash = byteCounts
        for place in 0..<wordCount { hash = (hash ^ words[place]) &* 0x9E37_79B9_7F4A_7C15 }
        return hash
    }

    /// Writes the words of a name, as the first text; `false` if it is too long for a key.
    mutating func add(name: String, _ words: inout MutableSpan<UInt64>) -> Bool {
        name.withBytes { add(name: $0, &words) }
    }

    @inline(__always)
    private mutating func add(
        name text: borrowing Span<UInt8>,
        _ words: inout MutableSpan<UInt64>
    ) -> Bool {
        guard text.count <= ClaimsKey.nameBytesMax else { return false }
        byteCounts = UInt64(truncatingIfNeeded: text.count)
        wordCount = ClaimsKey.wordCount(text.count)
        var (digits, wideForms): (UInt64, UInt64) = (0, 0)
        for place in 0..<wordCount {
            let lanes = NameLanes(text, at: 8 &* place, end: text.count)
            words[place] = lanes.bytes
            digits |= lanes.digits &<< UInt64(truncatingIfNeeded: 8 &* place)
            wideForms |= lanes.wideForms
        }
        // Wide digits make one number with those beside them.
        if wideForms == 0 { openNumbers(text, digits, &words) }
        return true
    }

    /// Writes the words of one of up to seven further texts, nothing being an empty one; `false` if there is no room for
    /// it.
    @inline(__always)
    mutating func add(_ text: String?, _ words: inout MutableSpan<UInt64>) -> Bool {
        byteCounts &<<= 8
        guard let text else { return true }
        return addWords(of: text, &words)
    }

    @inline(never)
    private mutating func addWords(
        of text: String,
        _ words: inout MutableSpan<UInt64>
    ) -> Bool {
        text.withBytes { add($0, &words) }
    }

    @inline(__always)
    private mutating func add(
        _ bytes: borrowing Span<UInt8>,
        _ words: inout MutableSpan<UInt64>
    ) -> Bool {
        if bytes.isEmpty { return true }
        let (start, end) = (wordCount, wordCount &+ ClaimsKey.wordCount(bytes.count))
        guard end <= ClaimsKey.wordCountMax else { return false }
        byteCounts |= UInt64(truncatingIfNeeded: bytes.count)
        wordCount = end
        // Most are short.
        guard bytes.count > 8 else {
            words[start] = NameLanes(bytes, at: 0, end: bytes.count).bytes
            return true
        }
        for place in start..<end {
            words[place] = NameLanes(bytes, at: 8 &* (place &- start), end: bytes.count).bytes
        }
        return true
    }

    @inline(__always)
    private static func wordCount(_ byteCount: Int) -> Int { (byteCount &+ 7) &>> 3 }

    /// Takes out the digits of serial numbers; `digits` has a bit for each byte.
    private mutating func openNumbers(
        _ text: borrowing Span<UInt8>,
        _ digits: UInt64,
        _ words: inout MutableSpan<UInt64>
    ) {
        // Where there are three digits, the first of each number lowest.
        var starts = digits & digits &>> 1 & digits &>> 2
        while starts != 0 {
            let start = starts.trailingZeroBitCount
            let count = (~(digits &>> UInt64(start))).trailingZeroBitCount
            let run = (UInt64.max &>> UInt64(64 &- count)) &<< UInt64(start)
            starts &= ~run
            let value = ClaimsKey.number(text, start..<start &+ count)
            guard SerialNumber.isOne(value, digitCount: count) else { continue }
            leavesNumbersOpen = true
            // Bytes that no text has.
            let mark: UInt64 = SerialNumber.isBeyondYears(value) ? 0xFE : 0xFF
            ClaimsKey.replace(run, by: mark, &words)
        }
    }

    /// Puts a mark in place of the digits at those bytes.
    @inline(__always)
    private static func replace(
        _ run: UInt64,
        by mark: UInt64,
        _ words: inout MutableSpan<UInt64>
    ) {
        var open = run
        while open != 0 {
            let place = open.trailingZeroBitCount &>> 3
            let shift = UInt64(truncatingIfNeeded: 8 &* place)
            let lanes = NameLanes.ones(open &>> shift)
            words[place] = words[place] & ~lanes | NameLanes.lanes(mark) & lanes
            open &= ~(0xFF &<< shift)
        }
    }

    /// As the reader takes it.
    @inline(__always)
    private static func number(_ text: borrowing Span<UInt8>, _ digits: Range<Int>) -> Int {
        var value = 0
        for offset in digits {
            value = min(value &* 10 &+ Int(text[offset] &- 48), NameToken.numberMax)
        }
        return value
    }
}
