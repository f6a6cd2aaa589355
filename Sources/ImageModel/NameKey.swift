/// A name of at most 64 bytes, of whose serial numbers only the length is kept, see `SerialNumber`: the names of a list
/// mostly differ in nothing else.
struct NameKey: Equatable {
    static let textBytesMax = 64

    /// Of which those behind the name mean nothing.
    private var words = InlineArray<8, UInt64>(repeating: 0)
    private var byteCount = 0
    /// Whether other names have the same key.
    private(set) var leavesNumbersOpen = false

    static func == (one: NameKey, other: NameKey) -> Bool {
        guard one.byteCount == other.byteCount else { return false }
        var differences: UInt64 = 0
        for place in 0..<one.wordCount { differences |= one.words[place] ^ other.words[place] }
        return differences == 0
    }

    /// Depends on all bytes.
    var hash: UInt64 {
        var hash = UInt64(truncatingIfNeeded: byteCount)
        for place in 0..<wordCount { hash = (hash ^ words[place]) &* 0x9E37_79B9_7F4A_7C15 }
        return hash ^ hash &>> 32
    }

    /// Makes this the key of a name; `false` if it is too long for one.
    mutating func set(_ text: borrowing Span<UInt8>) -> Bool {
        leavesNumbersOpen = false
        byteCount = 0
        guard text.count <= NameKey.textBytesMax else { return false }
        byteCount = text.count
        var (digits, wideForms): (UInt64, UInt64) = (0, 0)
        for place in 0..<wordCount {
            let lanes = NameLanes(text, at: 8 &* place, end: text.count)
            words[place] = lanes.bytes
            digits |= lanes.digits &<< UInt64(truncatingIfNeeded: 8 &* place)
            wideForms |= lanes.wideForms
        }
        // Wide digits make one number with those beside them.
        if wideForms == 0 { openNumbers(text, digits) }
        return true
    }

    private var wordCount: Int { (byteCount &+ 7) &>> 3 }

    /// Takes out the digits of serial numbers; `digits` has a bit for each byte.
    private mutating func openNumbers(_ text: borrowing Span<UInt8>, _ digits: UInt64) {
        // Where there are three digits, the first of each number lowest.
        var starts = digits & digits &>> 1 & digits &>> 2
        var (open, large): (UInt64, UInt64) = (0, 0)
        while starts != 0 {
            let start = starts.trailingZeroBitCount
            let count = (~(digits &>> UInt64(start))).trailingZeroBitCount
            let run = (UInt64.max &>> UInt64(64 &- count)) &<< UInt64(start)
            starts &= ~run
            let value = NameKey.number(text, start..<start &+ count)
            guard SerialNumber.isOne(value, digitCount: count) else { continue }
            open |= run
            if SerialNumber.isBeyondYears(value) { large |= run }
        }
        leavesNumbersOpen = open != 0
        while open != 0 {
            let place = open.trailingZeroBitCount &>> 3
            let shift = UInt64(8 &* place)
            // Bytes that no text has.
            let ends = NameLanes.ones(large &>> shift) & NameLanes.lowBits
            words[place] = (words[place] | NameLanes.ones(open &>> shift)) & ~ends
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
